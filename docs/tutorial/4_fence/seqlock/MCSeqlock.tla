\* SPDX-FileCopyrightText: The Lockstep authors
\* SPDX-License-Identifier: MIT
------------------------------- MODULE MCSeqlock -------------------------------
EXTENDS Seqlock
================================================================================
