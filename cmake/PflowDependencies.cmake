# What pflowc is built on. All of it comes from Debian packages (see ./dev deps).
find_package(PkgConfig REQUIRED)
find_package(fmt REQUIRED)
find_package(CLI11 REQUIRED)
find_package(GTest REQUIRED)
find_package(Threads REQUIRED)

find_program(PFLOW_ANTLR antlr4 REQUIRED)
find_path(ANTLR_INCLUDE antlr4-runtime.h PATH_SUFFIXES antlr4-runtime REQUIRED)
find_library(ANTLR_LIBRARY NAMES libantlr4-runtime.a REQUIRED)
find_library(RE2_LIBRARY NAMES libre2.a REQUIRED)
find_library(PFLOW_boost_json NAMES libboost_json.a REQUIRED)

# LLVM and lld are linked statically, for the machines that executables are made for (codegen/
# target.h): loading the shared library would take longer than most compilations. lld's code for other
# targets and for Polly stays unused (codegen/link/absent_targets.cpp).
# Headers of the toolchain and of libraries are SYSTEM: their warnings are not ours.
execute_process(
  COMMAND ${LLVM_ROOT}/bin/llvm-config --link-static --libs x86 aarch64 passes lto option windowsdriver
  OUTPUT_VARIABLE PFLOW_LLVM_LIBS OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)
separate_arguments(PFLOW_LLVM_LIBS)
list(REMOVE_ITEM PFLOW_LLVM_LIBS -lPolly -lPollyISL)

add_library(pflow_llvm INTERFACE)
target_include_directories(pflow_llvm SYSTEM INTERFACE ${LLVM_ROOT}/include)
target_link_directories(pflow_llvm INTERFACE ${LLVM_ROOT}/lib)
target_link_libraries(pflow_llvm INTERFACE ${PFLOW_LLVM_LIBS} -l:libz.a -l:libzstd.a ${CMAKE_DL_LIBS} m)

add_library(pflow_lld INTERFACE)
target_link_libraries(pflow_lld INTERFACE ${LLVM_ROOT}/lib/liblldELF.a
                                          ${LLVM_ROOT}/lib/liblldCommon.a pflow_llvm)
