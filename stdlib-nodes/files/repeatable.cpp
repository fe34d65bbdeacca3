// Which calls may be done again: those after which the disk holds the same.
#include "files.pf.hpp"

bool pfn_files_write_file_repeatable(const write_file_in* in) { return !in->append; }
bool pfn_files_write_bytes_repeatable(const write_bytes_in*) { return true; }
bool pfn_files_make_dir_repeatable(const make_dir_in*) { return true; }
