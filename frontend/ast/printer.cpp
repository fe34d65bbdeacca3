#include "frontend/ast/printer.h"

namespace pflow::ast {

void Printer::file(const File& file) {
  line("file");
  Indent indent(*this);
  doc(file.doc);
  for (const Import& each : file.imports) import(each);
  for (const Decl* each : file.decls) decl(*each);
}

void Printer::line(std::string_view text, Span place) {
  out_.append(depth_ * 2, ' ');
  out_ += text;
  if (places_ != nullptr && place.valid()) {
    LineColumn at = places_->line_column(place.file, place.begin);
    out_ += fmt::format(" @{}:{}", at.line, at.column);
  }
  out_ += '\n';
}

void Printer::doc(std::string_view text) {
  if (!text.empty()) line(fmt::format("doc {}", quoted(text)));
}

std::string_view Printer::name(Symbol symbol) const {
  return symbol.valid() ? names_->text(symbol) : std::string_view("<none>");
}

std::string Printer::quoted(std::string_view text) {
  std::string out = "\"";
  for (char c : text) {
    auto byte = static_cast<unsigned char>(c);
    if (c == '\n')
      out += "\\n";
    else if (c == '\t')
      out += "\\t";
    else if (c == '\r')
      out += "\\r";
    else if (c == '"' || c == '\\' || c == '$')
      out += fmt::format("\\{}", c);
    else if (byte < 0x20 || byte == 0x7F)
      out += fmt::format("\\u{{{:X}}}", byte);
    else
      out += c;
  }
  out += '"';
  return out;
}

}  // namespace pflow::ast
