#include "app/window/keep/quiet_notices.h"

#include <utility>

namespace convscope::window {

void QuietNotices::add(Problem problem) {
  if (told_.insert(problem.code).second) {
    waiting_.push_back(std::move(problem));
  }
}

void QuietNotices::well(const std::string& code) {
  told_.erase(code);
  std::erase_if(waiting_, [&](const Problem& problem) { return problem.code == code; });
}

std::optional<Problem> QuietNotices::next(bool stands) {
  if (stands || waiting_.empty()) {
    return std::nullopt;
  }
  Problem problem = std::move(waiting_.front());
  waiting_.pop_front();
  return problem;
}

}  // namespace convscope::window
