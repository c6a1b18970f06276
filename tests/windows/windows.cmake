# The programs that Windows' tests start, and tests/windows/*.test.sh: mcpcred.exe itself under Wine.
add_executable(print_process windows/print_process.cpp)
target_link_libraries(print_process PRIVATE mcpcred_options)
add_executable(start_with windows/start_with.cpp)
target_link_libraries(start_with PRIVATE mcpcred_platform)
foreach(test unit.platform)
  add_dependencies(test_${test} print_process)
endforeach()

if(CMAKE_CROSSCOMPILING)
  file(GLOB scripts CONFIGURE_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/windows/*.test.sh")
  foreach(script ${scripts})
    get_filename_component(name "${script}" NAME)
    string(REGEX REPLACE "\\.test\\.sh$" "" name "${name}")
    add_test(NAME windows.${name} COMMAND bash "${script}"
      $<TARGET_FILE:mcpcred> $<TARGET_FILE:print_process> $<TARGET_FILE:start_with>)
    set_tests_properties(windows.${name} PROPERTIES TIMEOUT 600)
  endforeach()
endif()
