# What executables link of others: each a copy beside our own archives, so that a machine that
# compiles flows needs none of their packages.
set(LLVM_ROOT /usr/lib/llvm-19)
set(PFLOW_SYSROOT ${CMAKE_SOURCE_DIR}/build-sysroots/${PFLOW_TRIPLE})

# pflow_bundle(NAMES...): lib/pflow/TRIPLE/libNAME.a; PFLOW_NAME is the original.
function(pflow_bundle)
  foreach(name ${ARGN})
    find_library(PFLOW_${name} NAMES lib${name}.a REQUIRED)
    configure_file(${PFLOW_${name}} ${PFLOW_LIB_DIR}/lib${name}.a COPYONLY)
  endforeach()
endfunction()

# pflow_copy_c(ORIGINAL COPY): of a library in C, which no exception passes, without its call frames,
# a tenth of its size.
function(pflow_copy_c original copy)
  if(${original} IS_NEWER_THAN ${copy})
    execute_process(COMMAND ${LLVM_ROOT}/bin/llvm-objcopy --strip-debug --remove-section=.eh_frame
                            ${original} ${copy} COMMAND_ERROR_IS_FATAL ANY)
  endif()
endfunction()

# pflow_bundle_c(FOLDER NAMES...): such copies there; PFLOW_NAME is the original.
function(pflow_bundle_c folder)
  file(MAKE_DIRECTORY ${folder})
  foreach(name ${ARGN})
    find_library(PFLOW_${name} NAMES lib${name}.a REQUIRED)
    pflow_copy_c(${PFLOW_${name}} ${folder}/lib${name}.a)
  endforeach()
endfunction()

# pflow_compiler_files(OUT names...): where the compiler keeps these files of its own.
function(pflow_compiler_files out)
  set(paths)
  foreach(name ${ARGN})
    set(words ${CMAKE_CXX_COMPILER} -print-file-name=${name})
    if(CMAKE_CXX_COMPILER_TARGET)
      list(APPEND words --target=${CMAKE_CXX_COMPILER_TARGET} --sysroot=${CMAKE_SYSROOT})
    endif()
    execute_process(COMMAND ${words} OUTPUT_VARIABLE path OUTPUT_STRIP_TRAILING_WHITESPACE)
    list(APPEND paths ${path})
  endforeach()
  set(${out} ${paths} PARENT_SCOPE)
endfunction()
