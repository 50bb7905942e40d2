// A window last used on a monitor that is gone reopens on one that exists.
#include "app/window/window_place.h"

#include <gtest/gtest.h>

#include <array>

namespace convscope::window {
namespace {

constexpr std::array kDesk = {ScreenArea{0, 27, 1920, 1053}, ScreenArea{1920, 0, 1280, 1024}};

TEST(WindowPlace, StaysWhereItCanBeSeen) {
  const files::WindowPlace place = {100, 100, 1280, 800, false};
  EXPECT_EQ(pulled_back(place, kDesk), place);
  const files::WindowPlace second = {1930, 50, 1000, 700, true};
  EXPECT_EQ(pulled_back(second, kDesk), second);
}

TEST(WindowPlace, ComesBackFromAMonitorThatIsGone) {
  const files::WindowPlace place = {5000, -400, 1280, 800, false};
  EXPECT_EQ(pulled_back(place, kDesk), (files::WindowPlace{640, 27, 1280, 800, false}));
}

TEST(WindowPlace, AWindowAcrossTwoGoesToTheOneThatHasMoreOfIt) {
  const files::WindowPlace place = {1800, 100, 1000, 700, false};
  EXPECT_EQ(pulled_back(place, kDesk), (files::WindowPlace{1920, 100, 1000, 700, false}));
}

TEST(WindowPlace, IsNoLargerThanItsScreen) {
  const files::WindowPlace place = {-10, -10, 9000, 9000, false};
  EXPECT_EQ(pulled_back(place, kDesk), (files::WindowPlace{0, 27, 1920, 1053, false}));
}

TEST(WindowPlace, WithoutScreensItIsAsItWas) {
  const files::WindowPlace place = {5000, 0, 10, 10, false};
  EXPECT_EQ(pulled_back(place, {}), place);
  EXPECT_EQ(first_place(1280, 800, {}), (files::WindowPlace{0, 0, 1280, 800, false}));
}

TEST(WindowPlace, TheFirstWindowFitsTheFirstScreen) {
  constexpr std::array kNetbook = {ScreenArea{0, 24, 1024, 576}, ScreenArea{1024, 0, 1920, 1080}};
  EXPECT_EQ(first_place(1280, 800, kNetbook), (files::WindowPlace{0, 0, 1024, 576, false}));
  EXPECT_EQ(first_place(1280, 800, kDesk), (files::WindowPlace{0, 0, 1280, 800, false}));
}

}  // namespace
}  // namespace convscope::window
