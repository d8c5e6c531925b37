# SPDX-FileCopyrightText: The Lockstep authors
# SPDX-License-Identifier: MIT
# What is installed works from another directory: the program, its page, what the shells read.
build=$(dirname "$LOCKSTEP_PROGRAM")
cmake --install "$build" --component program --prefix "$PWD/prefix" >log || { cat log; exit 1; }
unset LOCKSTEP_ROOT LOCKSTEP_LAUNCHER
mkdir elsewhere
cd elsewhere
share=../prefix/share
diff <(../prefix/bin/lockstep man) $share/man/man1/lockstep.1
diff <(../prefix/bin/lockstep completion bash) $share/bash-completion/completions/lockstep
diff <(../prefix/bin/lockstep completion zsh) $share/zsh/site-functions/_lockstep
diff <(../prefix/bin/lockstep completion fish) $share/fish/vendor_completions.d/lockstep.fish
../prefix/bin/lockstep list protocols | grep -q '^seq_mark '
../prefix/bin/lockstep explore seq_mark --size 1x1x1 | tail -n 1 | grep -q '^PASS'
# Its names are those that were installed with it.
mv ../prefix/share/lockstep/spec/seq_mark ../prefix/share/lockstep/spec/renamed
../prefix/bin/lockstep completion candidates -- check ren | grep -q '^renamed'
