/// An OpenAPI document, whichever version it is written in, as one of 3.x.
#pragma once

#include <boost/json.hpp>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "support/result.h"

namespace pflow::openapi {

/// One of its operations. Points into the document.
struct Operation {
  std::string id;      ///< `operationId`; where that is missing or said twice, `GET /pets`
  std::string method;  ///< `GET`
  std::string path;    ///< `/pets/{id}`
  const boost::json::object* item;  ///< what stands at the path
  const boost::json::object* object;

  /// `GET /pets/{id}`
  [[nodiscard]] std::string place() const { return method + ' ' + path; }
};

class Document {
 public:
  /// The failure says why it is none: `it is no OpenAPI document: …`.
  static Result<std::unique_ptr<Document>> read(boost::json::value whole);

  [[nodiscard]] const boost::json::value& root() const { return root_; }
  [[nodiscard]] const boost::json::object& object() const { return root_.get_object(); }
  /// A text of its `info`.
  [[nodiscard]] std::string info(std::string_view member) const;
  [[nodiscard]] std::vector<Operation> operations() const;

  /// The object that the value is, or that its `$ref` leads to. Null: `problem` says why.
  const boost::json::object* resolved(const boost::json::value& value, std::string& problem) const;

 private:
  explicit Document(boost::json::value root) : root_(std::move(root)) {}

  boost::json::value root_;
};

}  // namespace pflow::openapi
