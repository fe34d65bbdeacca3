set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_C_STANDARD 11)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)

# The files of a library are compiled in batches, so that headers and templates cost less than half of the time.
set(CMAKE_UNITY_BUILD ON CACHE BOOL "Compile files in batches")

# pflow_precompile(TARGET headers...): what most of its files include, from the root or <…>.
# ccache keeps a precompiled header only when its time stamps do not count.
function(pflow_precompile target)
  set(headers ${ARGN})
  list(TRANSFORM headers PREPEND ${CMAKE_SOURCE_DIR}/ REGEX "^[^<]")
  target_precompile_headers(${target} PRIVATE ${headers})
  target_compile_options(${target} PRIVATE "$<$<COMPILE_LANGUAGE:CXX>:SHELL:-Xclang -fno-pch-timestamp>")
endfunction()

# pflow_sources(OUT folders...): the .cpp files of these folders.
function(pflow_sources out)
  set(patterns ${ARGN})
  list(TRANSFORM patterns APPEND /*.cpp)
  file(GLOB sources CONFIGURE_DEPENDS ${patterns})
  set(${out} ${sources} PARENT_SCOPE)
endfunction()

# pflow_library(NAME [DEPS targets...] [ROOMS folders...] [PRECOMPILE headers...]): the
# .cpp files of this folder and of these below it as a static library with our warnings.

option(PFLOW_FUZZ "Build the fuzz targets" OFF)
set(PFLOW_SANITIZE "" CACHE STRING "Sanitizers for -fsanitize=")

if(PFLOW_SANITIZE)
  add_compile_options(-fsanitize=${PFLOW_SANITIZE} -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${PFLOW_SANITIZE})
endif()
if(PFLOW_FUZZ)
  add_compile_options(-fsanitize=fuzzer-no-link)
endif()
add_link_options(-fuse-ld=mold)

# A switch over an enum names each enumerator and has no default: whoever adds one is shown every
# place that must know it. The last one: std::stable_sort of g++ 12's library uses what it
# deprecates itself.
set(PFLOW_WARNINGS -Wall -Wextra -Werror -Wswitch-enum -Wcovered-switch-default
                   -Wno-missing-field-initializers -Wno-deprecated-declarations)

# pflow_compile_options(TARGET): those of the compiler's own code. What is no release build also
# checks the uses of the standard library; what flows link has no part of that.
function(pflow_compile_options target)
  target_compile_options(${target} PRIVATE ${PFLOW_WARNINGS})
  if(PFLOW_SANITIZE OR CMAKE_BUILD_TYPE STREQUAL "Debug")
    target_compile_definitions(${target} PRIVATE _GLIBCXX_ASSERTIONS)
  endif()
endfunction()

# Everything that a compiled flow needs lies under these folders of the build,
# which an installation copies as they are.
set(PFLOW_TRIPLE ${CMAKE_LIBRARY_ARCHITECTURE})
set(PFLOW_LIB_DIR ${CMAKE_BINARY_DIR}/lib/pflow/${PFLOW_TRIPLE} CACHE PATH
    "Where the archives of the target go")
set(PFLOW_NODES_DIR ${CMAKE_BINARY_DIR}/share/pflow/nodes)
set(PFLOW_HEADERS_DIR ${CMAKE_BINARY_DIR}/share/pflow/include)
set(PFLOW_PAGES_DIR ${CMAKE_BINARY_DIR}/share/pflow/errors)

# Names of the sanitized build's tests differ, so that one ctest can run both.
if(PFLOW_SANITIZE)
  set(PFLOW_TEST_PREFIX "asan.")
endif()

# The oldest C library that executables and pflowc run with.
set(PFLOW_GLIBC 2.17)
if(PFLOW_SANITIZE)
  set(PFLOW_GLIBC any)  # the sanitizers' runtime uses newer functions
endif()

function(pflow_library name)
  cmake_parse_arguments(arg "" "" "DEPS;ROOMS;PRECOMPILE" ${ARGN})
  list(TRANSFORM arg_ROOMS PREPEND ${CMAKE_CURRENT_SOURCE_DIR}/)
  pflow_sources(sources ${CMAKE_CURRENT_SOURCE_DIR} ${arg_ROOMS})
  if(NOT sources)  # headers only
    add_library(${name} INTERFACE)
    target_include_directories(${name} INTERFACE ${CMAKE_SOURCE_DIR})
    target_link_libraries(${name} INTERFACE ${arg_DEPS})
    return()
  endif()
  add_library(${name} STATIC ${sources})
  target_include_directories(${name} PUBLIC ${CMAKE_SOURCE_DIR})
  pflow_compile_options(${name})
  target_link_libraries(${name} PUBLIC ${arg_DEPS})
  if(arg_PRECOMPILE)
    pflow_precompile(${name} ${arg_PRECOMPILE})
  endif()
endfunction()

option(PFLOW_UNIT_TESTS "Build and run what tests functions: GoogleTest programs, corpora of the fuzzers" ON)

# pflow_function_test(TEST PROGRAM ARGUMENTS...): a test under ctest where they are wanted; the program can
# be built by its name anyhow.
function(pflow_function_test test program)
  if(PFLOW_UNIT_TESTS)
    add_test(NAME ${PFLOW_TEST_PREFIX}${test} COMMAND ${program} ${ARGN})
  else()
    set_target_properties(${program} PROPERTIES EXCLUDE_FROM_ALL ON)
  endif()
endfunction()

# pflow_unit_test(NAME [SINGLY] SOURCES files... DEPS targets...): a GoogleTest program under ctest.
# SINGLY: its files use the same names for different helpers.
function(pflow_unit_test name)
  cmake_parse_arguments(arg "SINGLY" "" "SOURCES;DEPS" ${ARGN})
  add_executable(${name} ${arg_SOURCES})
  target_include_directories(${name} PRIVATE ${CMAKE_SOURCE_DIR})
  pflow_compile_options(${name})
  target_compile_options(${name} PRIVATE -O0)  # what runs long is what is tested
  target_link_libraries(${name} PRIVATE ${arg_DEPS} GTest::gtest GTest::gtest_main)
  pflow_precompile(${name} <gtest/gtest.h>)
  if(arg_SINGLY)
    set_target_properties(${name} PROPERTIES UNITY_BUILD OFF)
  endif()
  pflow_function_test(unit.${name} ${name})
endfunction()
