// Which calls may be done again: those that replace a file.
#include "formats.pf.hpp"

bool pfn_formats_write_lines_repeatable(const write_lines_in* in) { return !in->append; }
bool pfn_formats_write_csv_repeatable(const write_csv_in*) { return true; }
bool pfn_formats_write_jsonl_repeatable(const write_jsonl_in* in) { return !in->append; }
