# Turns src/catalog/servers/*.json into one generated source: the texts and a small index (id, variables), so that a
# command that names one server parses one entry and one that names none parses nothing.
function(mcpcred_embed_catalog target)
  file(GLOB files CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/src/catalog/servers/*.json")
  set(output "${CMAKE_CURRENT_BINARY_DIR}/catalog_data.cpp")
  add_custom_command(
    OUTPUT "${output}"
    COMMAND "${CMAKE_COMMAND}" -DOUTPUT=${output} "-DFILES=${files}"
            -P "${PROJECT_SOURCE_DIR}/scripts/cmake/embed_catalog.cmake"
    DEPENDS ${files} "${PROJECT_SOURCE_DIR}/scripts/cmake/embed_catalog.cmake"
    COMMENT "Embedding the catalog"
    VERBATIM)
  target_sources(${target} PRIVATE "${output}")
endfunction()
