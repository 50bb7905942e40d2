#include "app/files/user/settings_file.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <thread>
#include <vector>

#include "app/files/system/file_io.h"
#include "app/files/user/user_folders.h"

namespace convscope::files {
namespace {

namespace fs = std::filesystem;

class SettingsFile : public ::testing::Test {
 protected:
  void SetUp() override { fs::remove_all(folder_); }
  void TearDown() override { fs::remove_all(folder_); }

  std::string text() const { return read_text_file(file_, 1 << 20); }

  const fs::path folder_ =
      fs::temp_directory_path() / (std::string("convscope-settings-") +
                                   ::testing::UnitTest::GetInstance()->current_test_info()->name());
  const fs::path file_ = folder_ / "convscope" / "settings.json";
};

TEST_F(SettingsFile, WhatWasWrittenIsRead) {
  Settings settings{.language = lesson::Language::kRussian,
                    .theme = session::Theme::kProjector,
                    .speed = 2,
                    .lessons_open = false,
                    .inspector_open = true,
                    .hints_done = {{"welcome", "play"}},
                    .lesson_scenes = {{{"stride", 2}, {"pooling", 0}}}};
  remember_file(settings, "/tmp/свёртка.json");
  write_settings(file_, {}, settings);
  const ReadSettings read = read_settings(file_);
  EXPECT_EQ(read.settings, settings);
  EXPECT_FALSE(read.problem);
}

TEST_F(SettingsFile, TheChoicesOfAnExportAreRemembered) {
  Settings settings;
  settings.exporting = session::ExportChoice{.animated = true,
                                             .still_ending = ".svg",
                                             .animated_ending = ".webp",
                                             .what = session::ExportChoice::What::kSum,
                                             .width = 640,
                                             .height = 480,
                                             .theme = session::Theme::kProjector,
                                             .language = lesson::Language::kRussian,
                                             .frames_per_second = 12,
                                             .pause = 2.5,
                                             .loop = false};
  write_settings(file_, {}, settings);
  EXPECT_EQ(read_settings(file_).settings, settings);
  EXPECT_FALSE(read_settings(file_).problem);
}

TEST_F(SettingsFile, ImpossibleChoicesOfAnExportAreLeftOut) {
  fs::create_directories(file_.parent_path());
  write_file(file_, R"({"export": {"width": 0, "height": 100000, "rate": "fast", "pause": -1,
                        "theme": "pink", "loop": false}})");
  const ReadSettings read = read_settings(file_);
  session::ExportChoice choice;
  choice.loop = false;
  EXPECT_EQ(read.settings.exporting, choice);
  EXPECT_TRUE(read.problem);
}

TEST_F(SettingsFile, AMissingFileGivesEmptySettings) {
  EXPECT_EQ(read_settings(file_).settings, Settings{});
  EXPECT_FALSE(read_settings(file_).problem);
}

TEST_F(SettingsFile, NothingIsWrittenWhenNothingDiffers) {
  write_settings(file_, {}, {});
  EXPECT_FALSE(fs::exists(folder_));
}

TEST_F(SettingsFile, WhatWasNeverChosenIsNotWritten) {
  write_settings(file_, {}, {.theme = session::Theme::kLight});
  EXPECT_EQ(text(), "{\n  \"theme\": \"light\"\n}\n");
}

TEST_F(SettingsFile, ABrokenFileGivesDefaultsAndIsKept) {
  fs::create_directories(file_.parent_path());
  write_file(file_, "{ \"theme\": \"lig");
  const ReadSettings read = read_settings(file_);
  EXPECT_EQ(read.settings, Settings{});
  ASSERT_TRUE(read.problem);
  EXPECT_EQ(read.problem->code, "settings_broken");
  write_settings(file_, {}, {.speed = 4});
  EXPECT_EQ(read_settings(file_).settings.speed, 4);
  EXPECT_EQ(read_text_file(file_.string() + ".broken", 99), "{ \"theme\": \"lig");
}

TEST_F(SettingsFile, OneBadMemberLosesNoOther) {
  fs::create_directories(file_.parent_path());
  write_file(file_, R"({"theme": "sepia", "language": "ru", "speed": 1e9, "lessons_open": 1})");
  const ReadSettings read = read_settings(file_);
  EXPECT_EQ(read.settings, Settings{.language = lesson::Language::kRussian});
  EXPECT_TRUE(read.problem);
}

TEST_F(SettingsFile, MalformedHintsAreTreatedAsNoneDone) {
  fs::create_directories(file_.parent_path());
  write_file(file_, R"({"hints_done": "all"})");
  EXPECT_FALSE(read_settings(file_).settings.hints_done);
  EXPECT_TRUE(read_settings(file_).problem);
  write_file(file_, R"({"hints_done": []})");
  EXPECT_EQ(read_settings(file_).settings.hints_done, std::vector<std::string>());
}

TEST_F(SettingsFile, HostileFilesGiveDefaults) {
  fs::create_directories(file_.parent_path());
  for (const std::string& bad : {std::string("[]"), std::string("null"), std::string("\xff\xfe"),
                                 std::string(100'000, '['), std::string(2 << 20, ' ')}) {
    write_file(file_, bad);
    EXPECT_EQ(read_settings(file_).settings, Settings{});
    EXPECT_TRUE(read_settings(file_).problem);
  }
}

TEST_F(SettingsFile, MembersOfANewerVersionStay) {
  fs::create_directories(file_.parent_path());
  write_file(file_, R"({"dock": {"left": 3}, "theme": "light"})");
  write_settings(file_, {}, {.theme = session::Theme::kDark});
  EXPECT_EQ(text(), "{\n  \"dock\": {\n    \"left\": 3\n  },\n  \"theme\": \"dark\"\n}\n");
}

TEST_F(SettingsFile, TheWindowAndPreferencesAreRestored) {
  const Settings now{.guided = false,
                     .fading = false,
                     .loop = true,
                     .scale = 1.5,
                     .window = WindowPlace{-7, 30, 1600, 900, true},
                     .dialog_folder = "/home/ada/уроки"};
  write_settings(file_, {}, now);
  const ReadSettings read = read_settings(file_);
  EXPECT_EQ(read.settings, now);
  EXPECT_FALSE(read.problem);
}

TEST_F(SettingsFile, AnImpossibleWindowOrScaleIsLeftOut) {
  for (const char* broken : {R"({"window": {"x": 1, "y": 2, "width": 0, "height": 3}})",
                             R"({"window": {"x": 1, "y": 2, "width": 1e300, "height": 3}})",
                             R"({"window": {"x": 1.5, "y": 2, "width": 10, "height": 3}})",
                             R"({"window": "large"})", R"({"scale": 0})", R"({"scale": "big"})",
                             R"({"dialog_folder": 3})", R"({"guided": "no"})"}) {
    fs::create_directories(file_.parent_path());
    write_file(file_, broken);
    const ReadSettings read = read_settings(file_);
    EXPECT_EQ(read.settings, Settings{}) << broken;
    EXPECT_TRUE(read.problem) << broken;
  }
}

TEST_F(SettingsFile, TwoProgramsKeepWhatTheOtherChanged) {
  const Settings start{.theme = session::Theme::kLight, .recent_files = {"/a"}};
  write_settings(file_, {}, start);
  Settings first = start;
  first.theme = session::Theme::kDark;
  remember_file(first, "/b");
  Settings second = start;
  second.language = lesson::Language::kRussian;
  remember_file(second, "/c");
  write_settings(file_, start, first);
  write_settings(file_, start, second);
  const Settings both = read_settings(file_).settings;
  EXPECT_EQ(both.theme, session::Theme::kDark);
  EXPECT_EQ(both.language, lesson::Language::kRussian);
  EXPECT_EQ(both.recent_files, (std::vector<std::string>{"/c", "/a", "/b"}));
}

TEST_F(SettingsFile, ConcurrentWritersLoseNothing) {
  std::vector<std::thread> programs;
  for (int i = 0; i < 10; ++i) {
    programs.emplace_back([this, i] {
      Settings now;
      remember_file(now, "/" + std::to_string(i));
      write_settings(file_, {}, now);
    });
  }
  for (std::thread& program : programs) {
    program.join();
  }
  EXPECT_EQ(read_settings(file_).settings.recent_files.size(), 10u);
}

TEST_F(SettingsFile, AFolderThatCannotBeCreatedIsReportedInOneSentence) {
  fs::create_directories(folder_);
  write_file(folder_ / "convscope", "a file, not a folder");
  try {
    write_settings(file_, {}, {.speed = 2});
    FAIL();
  } catch (const Failure& failure) {
    EXPECT_EQ(failure.problem().code, "settings_unwritable");
  }
}

TEST_F(SettingsFile, RecentFilesAreFewAndTheNewestComesFirst) {
  Settings settings;
  for (int i = 0; i < 40; ++i) {
    remember_file(settings, "/" + std::to_string(i % 20));
  }
  ASSERT_EQ(settings.recent_files.size(), kMostRecentFiles);
  EXPECT_EQ(settings.recent_files.front(), "/19");
  remember_file(settings, "/15");
  EXPECT_EQ(settings.recent_files[0], "/15");
  EXPECT_EQ(settings.recent_files[1], "/19");
}

#if defined(__linux__)
TEST(UserFolders, FollowTheXdgSpecification) {
  const auto set = [](const char* name, const char* value) {
    value != nullptr ? setenv(name, value, 1) : unsetenv(name);
  };
  const char* old_home = std::getenv("HOME");
  const std::string home = old_home != nullptr ? old_home : "/";
  set("HOME", "/home/ada");
  set("XDG_CONFIG_HOME", "/etc/ada");
  EXPECT_EQ(config_folder(), fs::path("/etc/ada/convscope"));
  for (const char* useless : {"", "relative", static_cast<const char*>(nullptr)}) {
    set("XDG_CONFIG_HOME", useless);
    EXPECT_EQ(config_folder(), fs::path("/home/ada/.config/convscope"));
  }
  set("HOME", nullptr);
  EXPECT_EQ(config_folder(), std::nullopt);
  set("HOME", home.c_str());
}
#endif

}  // namespace
}  // namespace convscope::files
