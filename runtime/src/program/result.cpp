#include "runtime/src/program/result.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "runtime/src/descriptors/descriptors.h"
#include "runtime/src/failures/failure.h"
#include "runtime/src/failures/skipped.h"
#include "runtime/src/json/json_text.h"
#include "runtime/src/program/program.h"
#include "runtime/src/recorder/usage.h"
#include "runtime/src/running/held_output.h"
#include "runtime/src/values/buffer.h"
#include "runtime/src/values/to_text.h"

namespace pflow::rt {
namespace {

/// What stands in the object beside the result, and its end.
void end_json(Buffer& out) {
  add_skipped_json(out);
  add_usage_json(out);
  out.add("}\n");
}

void add_value_json(Buffer& out, const pf_program& program, const char* block) {
  if (program.result_count == 1)
    return add_json(out, block + program.results[0].offset, program.results[0].type);
  out.add('{');
  for (uint32_t i = 0; i < program.result_count; ++i) {
    const pf_field& result = program.results[i];
    if (i != 0) out.add(',');
    add_json_string(out, view(result.name));
    out.add(':');
    add_json(out, block + result.offset, result.type);
  }
  out.add('}');
}

bool is_text(const pf_type* type) {
  return type->kind == PF_STR || type->kind == PF_PATH || type->kind == PF_UNION ||
         type->kind == PF_SECRET;
}

/// A text as it is, anything else as compact JSON; then a newline when it lacks one.
void add_line(Buffer& out, const void* value, const pf_type* type) {
  if (is_text(type))
    add_text(out, value, type);
  else
    add_json(out, value, type);
  if (out.size() == 0 || out.end()[-1] != '\n') out.add('\n');
}

/// The frame that pulls a result's items.
struct StreamPrinter {
  pf_frame frame;
  pf_stream* stream;
  Buffer* out;  ///< what is not yet written
  bool json;
  bool first;
};

bool write_printed(StreamPrinter& printer) {
  Buffer& out = *printer.out;
  bool written = write_all(STDOUT_FILENO, out.data(), out.size());
  out.clear();
  if (!written && errno == EPIPE) end_without_reader();
  return written;
}

pf_status print_item(pf_call* call, void* state, const void* item) {
  constexpr size_t kChunk = 64 * 1024;
  auto& printer = *static_cast<StreamPrinter*>(state);
  Buffer& out = *printer.out;
  if (printer.json) {
    if (!printer.first) out.add(',');
    printer.first = false;
    add_json(out, item, printer.stream->item);
    return PF_DONE;
  }
  Buffer line;
  add_line(line, item, printer.stream->item);
  out.add(line.text());
  if (out.size() < kChunk || write_printed(printer)) return PF_DONE;
  return pf_fail(call, PF_E_IO, "cannot write to standard output: %s", strerror(errno));
}

pf_status end_printing(pf_call* call, void* state, pf_status status) {
  auto& printer = *static_cast<StreamPrinter*>(state);
  if (printer.json) {
    if (status == PF_FAILED) return status;
    printer.out->add(']');
    end_json(*printer.out);
  }
  if (write_printed(printer) || status == PF_FAILED) return status;
  return pf_fail(call, PF_E_IO, "cannot write to standard output: %s", strerror(errno));
}

void write_held(void* state) { write_printed(*static_cast<StreamPrinter*>(state)); }

constexpr pf_consumer kPrinting = {print_item, end_printing};

pf_status resume_printer(pf_frame* frame) {
  auto* printer = reinterpret_cast<StreamPrinter*>(frame);
  pf_status status = frame->call.status;
  if (frame->state == 0) {
    frame->state = 1;
    frame->call.frame = frame;
    status = pf_stream_consume(&frame->call, printer->stream, &kPrinting, printer);
  }
  if (status == PF_FAILED) pf_raise_call(&frame->call);
  return status;
}

constexpr pf_frame_info kPrinterInfo = {
    .name = "result", .size = sizeof(StreamPrinter), .resume = resume_printer};

}  // namespace

bool is_printed(const pf_program& program, const char* block) {
  if (!&pf_is_printed || program.result_count != 1 || program.results[0].type->kind != PF_STR)
    return false;
  return pf_is_printed(reinterpret_cast<const pf_str*>(block + program.results[0].offset));
}

pf_stream* result_stream(const pf_program& program, const char* block) {
  if (program.result_count != 1 || program.results[0].type->kind != PF_STREAM) return nullptr;
  return *reinterpret_cast<pf_stream* const*>(block + program.results[0].offset);
}

bool print_stream(const pf_program& program, pf_stream* stream, bool json) {
  Buffer out;
  if (json) out.add("{\"result\":[");
  StreamPrinter printer{};
  printer.frame.info = &kPrinterInfo;
  printer.stream = stream;
  printer.out = &out;
  printer.json = json;
  printer.first = true;
  if (!json) hold_output(write_held, &printer);
  const pf_loop_api* loop = program.loop ? program.loop : &pf_sync_loop;
  pf_status status = loop->run(&printer.frame);
  hold_output(nullptr, nullptr);
  return status != PF_DONE;
}

void add_results(Buffer& out, const pf_program& program, const char* block, bool json) {
  if (json) {
    out.add("{\"result\":");
    if (program.result_count == 0)
      out.add("null");
    else
      add_value_json(out, program, block);
    end_json(out);
    return;
  }
  if (program.result_count == 0) return;
  if (program.result_count == 1 && is_text(program.results[0].type)) {
    add_text(out, block + program.results[0].offset, program.results[0].type);
    if (out.size() == 0 || out.end()[-1] != '\n') out.add('\n');
    return;
  }
  add_value_json(out, program, block);
  out.add('\n');
}

}  // namespace pflow::rt
