# docs/error-codes.md is made from the table of codes.
add_executable(print_error_codes docs/print_error_codes.cpp)
target_link_libraries(print_error_codes PRIVATE mcpcred_core)
add_test(NAME docs.error_codes COMMAND print_error_codes --check "${PROJECT_SOURCE_DIR}/docs/error-codes.md")
if(CMAKE_SYSTEM_NAME STREQUAL "Linux")  # the page names this system's store
  add_executable(print_man_page docs/print_man_page.cpp)
  target_link_libraries(print_man_page PRIVATE mcpcred_cli)
  target_compile_definitions(print_man_page PRIVATE MCPCRED_VERSION="${PROJECT_VERSION}")
  add_test(NAME docs.man_page_current COMMAND print_man_page --check "${PROJECT_SOURCE_DIR}/docs/mcpcred.1")
endif()
add_test(NAME docs.man_page
  COMMAND bash "${CMAKE_CURRENT_SOURCE_DIR}/docs/man_page.test.sh" "${PROJECT_SOURCE_DIR}")
add_test(NAME docs.threat_model
  COMMAND bash "${CMAKE_CURRENT_SOURCE_DIR}/docs/threat_model.test.sh" "${PROJECT_SOURCE_DIR}")

# A Secret Service that misbehaves on demand (tests/lib/bus.sh starts it). Without our options: it is not what is tested.
if(CMAKE_SYSTEM_NAME STREQUAL "Linux")
  find_package(PkgConfig REQUIRED)
  pkg_check_modules(LIBSYSTEMD REQUIRED IMPORTED_TARGET libsystemd)
  file(GLOB provider_sources CONFIGURE_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/provider/*.cpp")
  add_executable(secret_provider ${provider_sources})
  target_link_libraries(secret_provider PRIVATE PkgConfig::LIBSYSTEMD)
endif()

# Every tests/e2e/<name>.test.sh runs the real binary; its exit code is the verdict.
file(GLOB scripts CONFIGURE_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/e2e/*.test.sh")
foreach(script ${scripts})
  get_filename_component(name "${script}" NAME)
  string(REGEX REPLACE "\\.test\\.sh$" "" name "${name}")
  add_test(NAME e2e.${name} COMMAND bash "${script}" $<TARGET_FILE:mcpcred>)
  set_tests_properties(e2e.${name} PROPERTIES TIMEOUT 600)
  if(TARGET secret_provider)
    set_tests_properties(e2e.${name} PROPERTIES ENVIRONMENT
      "SECRET_PROVIDER=$<TARGET_FILE:secret_provider>;CONTRACT_PROGRAM=$<TARGET_FILE:test_contract>")
  endif()
endforeach()
