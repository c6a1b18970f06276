# mcpcred_embed_json(target folder type [INDEX file]): turns src/<folder>/*.json into one generated source of the target,
# a sorted table of <type> {id, name, …, text}, so that a name can be looked up without parsing, and a command that names
# one entry parses one. `type` is declared in src/<module>/embedded.h, <module> being the first part of the folder, with
# a function that gives the table: EmbeddedServer, embedded_servers(). INDEX names a script beside this one whose
# index_fields(text out) gives the columns between name and text.
function(mcpcred_embed_json target folder type)
  cmake_parse_arguments(PARSE_ARGV 3 arg "" "INDEX" "")
  set(scripts "${PROJECT_SOURCE_DIR}/scripts/cmake")
  set(index "")
  if(arg_INDEX)
    set(index "${scripts}/${arg_INDEX}")
  endif()
  file(GLOB files CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/src/${folder}/*.json")
  string(REPLACE "/" "_" name "${folder}")
  set(output "${CMAKE_CURRENT_BINARY_DIR}/${name}_data.cpp")
  add_custom_command(
    OUTPUT "${output}"
    COMMAND "${CMAKE_COMMAND}" -DOUTPUT=${output} -DFOLDER=${folder} -DTYPE=${type} -DINDEX=${index} "-DFILES=${files}"
            -P "${scripts}/embed_json.cmake"
    DEPENDS ${files} ${index} "${scripts}/embed_json.cmake"
    COMMENT "Embedding ${folder}"
    VERBATIM)
  target_sources(${target} PRIVATE "${output}")
endfunction()
