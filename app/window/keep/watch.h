// Watch: notices that a file of the lesson has changed, and has it read again. Step, scene and view
// stay. A file that is being written is read again later; until then the last good numbers stand.
// When that lasts, a notice says why; it goes when the file is good again.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "app/files/system/file_stamp.h"
#include "app/window/store.h"

namespace convscope::window {

class Watch {
 public:
  // Call it in every turn of the loop; `on`: whether the user wants it. `now` in seconds.
  void turn(Store& store, bool on, double now);
  // Seconds until the next turn is due; nothing while it is off.
  std::optional<double> due_in(double now) const;

 private:
  using Stamps = std::map<std::string, std::optional<files::FileStamp>>;

  void look(Store& store);
  void settle(Store& store, double now);
  void tell(Store& store, Problem reason);
  void all_well(Store& store);

  std::optional<double> next_;  // when to look again
  Stamps known_;                // what the files were like when they were last read well
  Stamps asked_;                // and when they were last asked for
  std::string file_;            // that has changed
  bool waiting_ = false;        // for what was asked
  std::optional<double> broken_since_;
  std::optional<Problem> told_;  // what the notice says
};

}  // namespace convscope::window
