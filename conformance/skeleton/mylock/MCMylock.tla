\* SPDX-FileCopyrightText: The Lockstep authors
\* SPDX-License-Identifier: MIT
-------------------------------- MODULE MCMylock --------------------------------
EXTENDS Mylock
================================================================================
