/// A file that holds one JSON object, as it is read and changed.
#pragma once

#include <boost/json/object.hpp>
#include <functional>
#include <string>

namespace pflow::home {

/// What is wrong with the file, with its line; empty when nothing is. One that is not there holds
/// an empty object.
std::string read_object(const std::string& path, boost::json::object& out);

/// Changes the object under a lock and puts the file with it in place of the old one. It is its
/// owner's alone from its first byte. Nothing happens when `change` returns false.
std::string change_object(const std::string& path,
                          const std::function<bool(boost::json::object&)>& change);

/// Puts a file with this text in place.
std::string replace_file(const std::string& path, const std::string& text);

}  // namespace pflow::home
