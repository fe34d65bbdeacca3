/// How the members of an answer grow from event to event.
#pragma once

#include <boost/json.hpp>
#include <string_view>

namespace pf_models {

/// The object that the value is; one that it becomes when it is none.
boost::json::object& object_in(boost::json::value& value);
/// The array that the value is; one that it becomes when it is none.
boost::json::array& array_in(boost::json::value& value);

/// Takes the members of `from` over: the last word counts, but `null` takes nothing back.
void take_members(boost::json::object& into, boost::json::object& from);

/// Adds the text to that of the member.
void grow_text(boost::json::object& into, std::string_view name, std::string_view text);

/// The whole number of a member, within what an index may be; negative when it is none.
int64_t index_member(const boost::json::object& object, std::string_view name);

}  // namespace pf_models
