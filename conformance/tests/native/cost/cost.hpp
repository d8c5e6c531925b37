// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

// RCU of which the compiler knows nothing: what stands between is what is compared.
extern "C" void section_begins() noexcept;
extern "C" void section_ends() noexcept;
