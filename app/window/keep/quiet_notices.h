// Notices that nobody asked for: settings or unsaved work that can't be kept. They never take the
// place of another notice, such as that of a failed Save, and each is told once until what it tells
// of is well again.
#pragma once

#include <deque>
#include <optional>
#include <set>
#include <string>

#include "core/tensor/problem.h"

namespace convscope::window {

class QuietNotices {
 public:
  void add(Problem problem);
  // What `code` tells of is well again.
  void well(const std::string& code);
  // The next one to show; none while another notice stands.
  std::optional<Problem> next(bool stands);

 private:
  std::deque<Problem> waiting_;
  std::set<std::string> told_;
};

}  // namespace convscope::window
