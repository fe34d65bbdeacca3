# Pages that pflowc shows in a browser: what they take from the npm registry, and how they come into C++.
find_package(Python3 REQUIRED COMPONENTS Interpreter)

# pflow_npm_packages(FOLDER LOCK packages...): these packages of the lock file in FOLDER/node_modules;
# FOLDER/installed is there when they are.
function(pflow_npm_packages folder lock)
  set(script ${CMAKE_SOURCE_DIR}/scripts/npm_packages.py)
  add_custom_command(OUTPUT ${folder}/installed
    COMMAND ${Python3_EXECUTABLE} ${script} ${lock} ${folder} ${ARGN}
    DEPENDS ${lock} ${script}
    COMMENT "Fetching packages from the npm registry")
endfunction()

# pflow_embed_page(OUT PAGE FOLDERS folders... DEPENDS files...): the page with its scripts and style
# sheets, which lie in the folders, as a literal.
function(pflow_embed_page out page)
  cmake_parse_arguments(arg "" "" "FOLDERS;DEPENDS" ${ARGN})
  set(script ${CMAKE_SOURCE_DIR}/scripts/inline_page.py)
  add_custom_command(OUTPUT ${out}
    COMMAND ${Python3_EXECUTABLE} ${script} ${out} ${page} ${arg_FOLDERS}
    DEPENDS ${page} ${script} ${arg_DEPENDS}
    COMMENT "Embedding ${page}")
endfunction()
