#include "app/window/stop_signal.h"

#include <gtest/gtest.h>

#include <csignal>
#include <future>

namespace convscope::window {
namespace {

TEST(StopSignal, WakesTheLoopAndSaysWhichSignalCame) {
  for (const int number : {SIGTERM, SIGHUP, SIGINT}) {
    std::promise<void> woken;
    const StopSignal stop([&] { woken.set_value(); });
    EXPECT_FALSE(stop.received());
    std::raise(number);
    ASSERT_EQ(woken.get_future().wait_for(std::chrono::seconds(20)), std::future_status::ready);
    EXPECT_EQ(stop.received(), number);
  }
}

TEST(StopSignal, LeavesSignalsAsTheyWere) {
  std::signal(SIGTERM, SIG_IGN);
  {
    const StopSignal stop([] {});
  }
  EXPECT_EQ(std::signal(SIGTERM, SIG_DFL), SIG_IGN);
}

}  // namespace
}  // namespace convscope::window
