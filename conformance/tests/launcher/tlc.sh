# SPDX-FileCopyrightText: The Lockstep authors
# SPDX-License-Identifier: MIT
# The jar that TLA2TOOLS_JAR names is used, and must be there; other commands do not care.
source "$LOCKSTEP_SOURCE/conformance/tests/launcher/small_tree.bash"
make_small_tree
touch my.jar
is "a named jar" "[check] jar $PWD/my.jar" "$(TLA2TOOLS_JAR=my.jar "$tree/lockstep" check)"
status=0; TLA2TOOLS_JAR=no.jar "$tree/lockstep" check >out 2>err || status=$?
is status 2 "$status"
is message "lockstep: TLA2TOOLS_JAR: no such file: no.jar" "$(cat err)"
is "no need of it" "[explore] jar no.jar" "$(TLA2TOOLS_JAR=no.jar "$tree/lockstep" explore)"

# Neither Java nor Maven nor a jar: the program runs, and will say what it cannot decide.
mkdir bin
for tool in bash c++ cat cmake flock g++ ls mkdir ninja readlink rm sed tail; do
  ln -s "$(command -v "$tool")" "bin/$tool"
done
is "without Java" "[check] jar none" "$(HOME=$PWD JAVA_HOME='' PATH=$PWD/bin "$tree/lockstep" check)"
