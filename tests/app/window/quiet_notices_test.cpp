#include "app/window/keep/quiet_notices.h"

#include <gtest/gtest.h>

namespace convscope::window {
namespace {

TEST(QuietNotices, WaitUntilNoOtherNoticeStands) {
  QuietNotices notices;
  notices.add({"settings_unwritable", "", {}});
  notices.add({"autosave_failed", "", {}});
  EXPECT_FALSE(notices.next(true));  // a Save that failed on the same disk
  EXPECT_EQ(notices.next(false)->code, "settings_unwritable");
  EXPECT_EQ(notices.next(false)->code, "autosave_failed");
  EXPECT_FALSE(notices.next(false));
}

TEST(QuietNotices, AreToldOnceUntilAllIsWell) {
  QuietNotices notices;
  notices.add({"settings_unwritable", "", {}});
  EXPECT_TRUE(notices.next(false));
  notices.add({"settings_unwritable", "", {}});
  EXPECT_FALSE(notices.next(false));
  notices.well("settings_unwritable");
  notices.add({"settings_unwritable", "", {}});
  EXPECT_TRUE(notices.next(false));
  notices.well("settings_unwritable");
  notices.add({"settings_unwritable", "", {}});
  notices.well("settings_unwritable");
  EXPECT_FALSE(notices.next(false));  // it is over before anybody was told
}

}  // namespace
}  // namespace convscope::window
