// The rows of a JSON file as structs, by Boost.JSON.
#include <boost/json/src.hpp>
#include <cstdint>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

namespace json = boost::json;

struct Row {
  std::int64_t id;
  std::string user, level, message;
  std::vector<std::string> tags;
  double took;
};

Row tag_invoke(json::value_to_tag<Row>, const json::value& value) {
  const json::object& row = value.as_object();
  return {row.at("id").as_int64(),
          json::value_to<std::string>(row.at("user")),
          json::value_to<std::string>(row.at("level")),
          json::value_to<std::string>(row.at("message")),
          json::value_to<std::vector<std::string>>(row.at("tags")),
          row.at("took").to_number<double>()};
}

int main(int, char** argv) {
  std::ifstream file(argv[1], std::ios::binary);
  file.seekg(0, std::ios::end);
  std::string text(static_cast<std::size_t>(file.tellg()), '\0');
  file.seekg(0);
  file.read(text.data(), static_cast<std::streamsize>(text.size()));
  json::monotonic_resource memory;
  auto rows = json::value_to<std::vector<Row>>(json::parse(text, &memory));
  std::printf("%zu\n", rows.size());
}
