// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
int main() { return 0; }
