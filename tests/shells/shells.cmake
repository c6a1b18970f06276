# What tests/e2e/shell_values*.test.sh send through the real shells.
add_executable(shell_values shells/shell_values.cpp)
target_link_libraries(shell_values PRIVATE mcpcred_options mcpcred_shell)
foreach(test shell_values shell_load)
  set_property(TEST e2e.${test} APPEND PROPERTY ENVIRONMENT "SHELL_VALUES=$<TARGET_FILE:shell_values>")
endforeach()
