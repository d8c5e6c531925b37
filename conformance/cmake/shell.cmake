# SPDX-FileCopyrightText: The Lockstep authors
# SPDX-License-Identifier: MIT

# lockstep_says(folder file word...): what the program prints when it is called so, in a file below
# share/. It is asked when it is installed, so that it need not be built for a text.
function(lockstep_says folder file)
  set(text ${CMAKE_CURRENT_BINARY_DIR}/share/${file})
  # What is installed is called by its own name, not by the launcher that has built it.
  install(CODE "execute_process(COMMAND \"${CMAKE_COMMAND}\" -E env --unset=LOCKSTEP_LAUNCHER
      \"${PROJECT_BINARY_DIR}/lockstep\" ${ARGN}
    OUTPUT_FILE \"${text}\" COMMAND_ERROR_IS_FATAL ANY)" COMPONENT program)
  install(FILES ${text} COMPONENT program DESTINATION ${CMAKE_INSTALL_DATADIR}/${folder})
endfunction()

file(MAKE_DIRECTORY ${CMAKE_CURRENT_BINARY_DIR}/share)
lockstep_says(man/man1 lockstep.1 man)
lockstep_says(bash-completion/completions lockstep completion bash)
lockstep_says(zsh/site-functions _lockstep completion zsh)
lockstep_says(fish/vendor_completions.d lockstep.fish completion fish)
