#include "app/cli/command_line.h"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>
#include <vector>

#include "app/cli/program.h"
#include "core/lesson/views.h"
#include "core/tensor/problem.h"

namespace convscope::cli {
namespace {

CommandLine parsed(const std::vector<std::string>& arguments,
                   lesson::Language environment = lesson::Language::kEnglish) {
  return parse_command_line(arguments, environment);
}

Problem refused(const std::vector<std::string>& arguments) {
  try {
    parsed(arguments);
  } catch (const Failure& failure) {
    return failure.problem();
  }
  ADD_FAILURE() << "was accepted: " << ::testing::PrintToString(arguments);
  return {};
}

TEST(CommandLine, NothingOpensTheWindow) {
  EXPECT_EQ(std::get<command::Window>(parsed({}).command).lesson, "");
  EXPECT_EQ(std::get<command::Window>(parsed({"a photo.jpg"}).command).lesson, "a photo.jpg");
}

TEST(CommandLine, LookHasDefaultsAndIsAcceptedBeforeAndAfterTheCommand) {
  const Look plain = parsed({"lessons"}).look;
  EXPECT_EQ(plain.theme, session::Theme::kDark);
  EXPECT_EQ(plain.language, lesson::Language::kEnglish);
  EXPECT_FALSE(plain.scale);
  EXPECT_EQ(parsed({"lessons"}, lesson::Language::kRussian).look.language,
            lesson::Language::kRussian);
  for (const auto& arguments :
       {std::vector<std::string>{"--theme", "light", "--lang", "ru", "--scale", "1.5", "run", "x"},
        std::vector<std::string>{"run", "x", "--theme=light", "--lang=ru", "--scale=1.5"}}) {
    const Look look = parsed(arguments).look;
    EXPECT_EQ(look.theme, session::Theme::kLight);
    EXPECT_EQ(look.language, lesson::Language::kRussian);
    EXPECT_EQ(look.scale, 1.5F);
  }
}

TEST(CommandLine, RunTakesStepFormatAndFolder) {
  const auto run = std::get<command::Run>(
      parsed({"run", "rgb-same", "--step", "start", "--format", "json", "--out", "d"}).command);
  EXPECT_EQ(run.lesson, "rgb-same");
  EXPECT_EQ(run.step, kStartStep);
  EXPECT_EQ(run.format, OutputFormat::kJson);
  EXPECT_EQ(run.out, std::filesystem::path("d"));
  EXPECT_FALSE(std::get<command::Run>(parsed({"run", "x"}).command).step);
}

TEST(CommandLine, TheAlgorithmCanBeForcedWhereverSomethingIsComputed) {
  EXPECT_EQ(std::get<command::Window>(parsed({}).command).algorithm, conv::Algorithm::kAuto);
  for (const conv::Algorithm algorithm : conv::kAlgorithms) {
    const std::string name(conv::name_of(algorithm));
    const auto with = [&](std::vector<std::string> arguments) {
      arguments.insert(arguments.end(), {"--algorithm", name});
      return parsed(arguments).command;
    };
    EXPECT_EQ(std::get<command::Window>(with({"photo.jpg"})).algorithm, algorithm);
    EXPECT_EQ(std::get<command::Run>(with({"run", "x"})).algorithm, algorithm);
    EXPECT_EQ(std::get<command::Render>(with({"render", "x", "--out", "a.png"})).algorithm,
              algorithm);
    EXPECT_EQ(std::get<command::Screenshot>(with({"screenshot", "--out", "a.png"})).algorithm,
              algorithm);
    EXPECT_EQ(std::get<command::Replay>(with({"replay", "a.json"})).algorithm, algorithm);
  }
}

TEST(CommandLine, RenderTakesAllOptionsAndTheFormatFromTheExtension) {
  const auto gif = std::get<command::Render>(
      parsed({"render", "x", "--out", "a.GIF", "--steps", "2:7", "--view", "flat", "--size",
              "640x480", "--fps", "25", "--granularity", "term"})
          .command);
  EXPECT_EQ(gif.format->extension, ".gif");
  EXPECT_EQ(gif.steps, (StepRange{2, 7}));
  EXPECT_EQ(gif.size, (PixelSize{640, 480}));
  EXPECT_EQ(gif.frames_per_second, 25);
  EXPECT_EQ(gif.granularity, session::Granularity::kTerm);
  const auto png = std::get<command::Render>(parsed({"render", "x", "--out", "a.png"}).command);
  EXPECT_EQ(png.format->extension, ".png");
  EXPECT_EQ(png.size, std::nullopt);
  EXPECT_EQ(png.frames_per_second, 30);
  EXPECT_FALSE(png.animated);
}

TEST(CommandLine, WebpIsAStillWhereOneStepIsNamed) {
  const auto webp = [](std::vector<std::string> more) {
    more.insert(more.begin(), {"render", "x", "--out", "a.webp"});
    return std::get<command::Render>(parsed(more).command).animated;
  };
  EXPECT_TRUE(webp({}));
  EXPECT_TRUE(webp({"--steps", "2:3"}));
  EXPECT_FALSE(webp({"--step", "2"}));
  EXPECT_FALSE(webp({"--sheet"}));
}

TEST(CommandLine, SheetStyleAndBackground) {
  const auto plain = std::get<command::Render>(parsed({"render", "x", "--out", "a.png"}).command);
  EXPECT_EQ(plain.sheet, std::nullopt);
  EXPECT_FALSE(plain.print || plain.transparent);
  const auto sheet =
      std::get<command::Render>(parsed({"render", "x", "--out", "a.pdf", "--sheet", "--steps",
                                        "1:4", "--style", "print", "--background", "transparent"})
                                    .command);
  EXPECT_EQ(sheet.sheet, 0);
  EXPECT_TRUE(sheet.print && sheet.transparent);
  const auto three =
      std::get<command::Render>(parsed({"render", "x", "--out", "a.svg", "--sheet", "3"}).command);
  EXPECT_EQ(three.sheet, 3);
}

TEST(CommandLine, ABatchIsEveryLessonInEveryFormat) {
  const auto batch = std::get<command::Render>(
      parsed({"render", "x", "y.json", "z", "w", "--out-dir", "d", "--format", "gif,svg,gif"})
          .command);
  EXPECT_EQ(batch.out_dir, "d");
  EXPECT_EQ(batch.lessons, (std::vector<std::string>{"x", "y.json", "z", "w"}));
  ASSERT_EQ(batch.formats.size(), 2U);
  EXPECT_EQ(batch.formats[0]->extension, ".gif");
  EXPECT_EQ(batch.formats[1]->extension, ".svg");
}

TEST(CommandLine, ViewsScenesAndLayers) {
  const auto place = [](const std::vector<std::string>& more) {
    std::vector<std::string> arguments = {"render", "x", "--out", "a.png"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return std::get<command::Render>(parsed(arguments).command).place;
  };
  EXPECT_FALSE(place({}).views);
  EXPECT_EQ(place({}).scene, 1);
  EXPECT_EQ(place({}).layer, 1);
  EXPECT_EQ(place({"--scene", "3", "--layer", "2"}).scene, 3);
  EXPECT_EQ(place({"--scene", "3", "--layer", "2"}).layer, 2);
  EXPECT_EQ(place({"--view", "flat,matrix"}).views,
            (Views{lesson::View::kFlat, lesson::View::kMatrix}));
  const std::pair<const char*, lesson::View> words[] = {
      {"flat", lesson::View::kFlat},         {"volume", lesson::View::kVolume},
      {"strip", lesson::View::kStrip},       {"neuron", lesson::View::kNeuron},
      {"matrix", lesson::View::kMatrix},     {"descent", lesson::View::kDescent},
      {"coverage", lesson::View::kCoverage}, {"receptive-field", lesson::View::kReceptiveField}};
  for (const auto& [word, view] : words) {
    EXPECT_EQ(place({"--view", word}).views, (Views{view, std::nullopt})) << word;
  }
  const auto shot = std::get<command::Screenshot>(
      parsed({"screenshot", "x", "--out", "a.png", "--view", "neuron", "--scene", "2"}).command);
  EXPECT_EQ(shot.place.views, (Views{lesson::View::kNeuron, std::nullopt}));
  EXPECT_EQ(shot.place.scene, 2);
  EXPECT_EQ(std::get<command::Run>(parsed({"run", "x", "--layer", "4"}).command).place.layer, 4);
}

TEST(CommandLine, AQuizHasDefaultsAndTakesAllSeeds) {
  const auto plain = std::get<command::Quiz>(parsed({"quiz", "stride"}).command);
  EXPECT_EQ(plain.lesson, "stride");
  EXPECT_EQ(plain.seed, 0U);
  EXPECT_EQ(plain.count, 10U);
  EXPECT_EQ(plain.template_only, nullptr);
  EXPECT_EQ(plain.format, command::Quiz::Format::kText);
  const auto all =
      std::get<command::Quiz>(parsed({"quiz", "all", "--seed", "18446744073709551615", "--count",
                                      "1000", "--template", "17b", "--format", "html"})
                                  .command);
  EXPECT_EQ(all.seed, 18446744073709551615U);
  EXPECT_EQ(all.count, 1000U);
  ASSERT_NE(all.template_only, nullptr);
  EXPECT_EQ(all.template_only->id, "17b");
  EXPECT_EQ(all.format, command::Quiz::Format::kHtml);
}

TEST(CommandLine, LayersMayHaveAnInputAndAFileToWatch) {
  const auto run = std::get<command::Run>(
      parsed({"run", "nn.Conv2d(3, 8, 3)", "x.npy", "--shrink", "--layer", "1"}).command);
  EXPECT_EQ(run.lesson, "nn.Conv2d(3, 8, 3)");
  EXPECT_EQ(run.place.opening, (files::OpenOptions{.input = "x.npy", .shrink = true}));
  const auto code = std::get<command::Code>(
      parsed({"code", "nn.Conv2d(3, 8, 3)", "x.npy", "--shrink", "--as", "numpy"}).command);
  EXPECT_EQ(code.place.opening, run.place.opening);
  const auto told = std::get<command::Describe>(
      parsed({"describe", "nn.Conv2d(3, 8, 3)", "x.npy", "--shrink"}).command);
  EXPECT_EQ(told.place.opening, run.place.opening);
  const auto window =
      std::get<command::Window>(parsed({"--watch", "w.npz", "nn.Conv2d(3, 8, 3)"}).command);
  EXPECT_EQ(window.lesson, "nn.Conv2d(3, 8, 3)");
  EXPECT_EQ(window.opening.weights, "w.npz");
  EXPECT_TRUE(window.watch);
  EXPECT_EQ(std::get<command::Window>(parsed({"--watch", "w.npz"}).command).lesson, "w.npz");
}

TEST(CommandLine, TheFirstArgumentTooManyIsNamed) {
  const std::vector<std::string> arguments = {"cross-5x5", "a", "b", "c"};
  try {
    parse_command_line(arguments, lesson::Language::kEnglish);
    FAIL();
  } catch (const Failure& failure) {
    const Problem& problem = failure.problem();
    EXPECT_EQ(problem.code, "usage_unexpected");
    EXPECT_EQ(std::get<std::string>(problem.values.front().second), "b");
  }
}

TEST(CommandLine, WrongUsageIsStatusTwoAndNamesTheCause) {
  const std::vector<std::pair<std::vector<std::string>, std::string>> cases = {
      {{"--bogus"}, "usage_unexpected"},
      {{"a", "b"}, "usage_unexpected"},
      {{"run", "a", "b"}, "usage_unexpected"},
      {{"run", "nn.ReLU()", "b", "c"}, "usage_unexpected"},
      {{"--watch"}, "usage_no_value"},
      {{"cross-5x5", "run", "x"}, "usage_unexpected"},
      {{"run"}, "usage_missing"},
      {{"render", "x"}, "usage_missing"},
      {{"run", "x", "--step"}, "usage_no_value"},
      {{"run", "x", "--step", "two"}, "usage_value"},
      {{"run", "x", "--step", "-1"}, "usage_value"},
      {{"run", "x", "--step", "99999999999999999999"}, "usage_value"},
      {{"run", "x", "--format", "xml"}, "usage_value"},
      {{"run", "x", "--lang", "de"}, "usage_value"},
      {{"run", "x", "--theme", "pink"}, "usage_value"},
      {{"run", "x", "--algorithm", "magic"}, "usage_value"},
      {{"run", "x", "--scale", "nan"}, "usage_value"},
      {{"run", "x", "--scale", "0"}, "usage_value"},
      {{"run", "x", "--scale", "1e400"}, "usage_value"},
      {{"render", "x", "--out", "a.png", "--size", "0x0"}, "usage_value"},
      {{"render", "x", "--out", "a.png", "--size", "15x720"}, "usage_value"},
      {{"render", "x", "--out", "a.png", "--size", "16385x720"}, "usage_value"},
      {{"render", "x", "--out", "a.png", "--size", "1280"}, "usage_value"},
      {{"render", "x", "--out", "a.png", "--size", "-1280x-720"}, "usage_value"},
      {{"render", "x", "--out", "a.png", "--view", "sideways"}, "usage_value"},
      {{"render", "x", "--out", "a.png", "--view", "flat,sideways"}, "usage_value"},
      {{"render", "x", "--out", "a.png", "--view", "flat,"}, "usage_value"},
      {{"render", "x", "--out", "a.png", "--view", "flat,flat"}, "usage_views"},
      {{"screenshot", "--out", "a.png", "--view", "descent,flat"}, "usage_views"},
      {{"run", "x", "--view", "flat"}, "usage_unexpected"},
      {{"run", "x", "--scene", "0"}, "usage_value"},
      {{"run", "x", "--layer", "first"}, "usage_value"},
      {{"render", "x", "--out", "a.gif", "--fps", "0"}, "usage_value"},
      {{"render", "x", "--out", "a.gif", "--fps", "101"}, "usage_value"},
      {{"render", "x", "--out", "a.gif", "--steps", "3"}, "usage_value"},
      {{"render", "x", "--out", "a.gif", "--steps", "4:3"}, "usage_steps_order"},
      {{"render", "x", "--out", "a.gif", "--step", "3", "--steps", "3:4"}, "usage_step_or_steps"},
      {{"render", "x", "--out", "a.png", "--steps", "3:4"}, "usage_steps_still"},
      {{"render", "x", "--out", "a.txt"}, "usage_format"},
      {{"render", "x", "--out", "png"}, "usage_no_ending"},
      {{"render", "x", "--out", "a.png", "--size", "100000x100000"}, "usage_value"},
      {{"render", "x", "--out", "a.png", "--out-dir", "d"}, "usage_out_or_dir"},
      {{"render", "x", "--out", "a.png", "--format", "png"}, "usage_format_dir"},
      {{"render", "x", "--out-dir", "d"}, "usage_missing"},
      {{"render", "x", "--out-dir", "a.png", "--format", "png"}, "usage_out_dir_file"},
      {{"code", "x", "--as", "numpy", "--out", "a.png"}, "usage_format"},
      {{"code", "x", "--as", "latex", "--out", "a.py"}, "usage_format"},
      {{"render", "x", "--out-dir", "d", "--format", "png,xcf"}, "usage_value"},
      {{"render", "x", "--out-dir", "d", "--format", ""}, "usage_value"},
      {{"render", "x", "y", "z", "--out", "a.png"}, "usage_unexpected"},
      {{"render", "x", "y", "--out", "a.png"}, "usage_unexpected"},
      {{"render", "x", "--out", "a.png", "--sheet", "0"}, "usage_value"},
      {{"render", "x", "--out", "a.png", "--sheet", "x"}, "usage_value"},
      {{"render", "x", "--out", "a.gif", "--sheet"}, "usage_sheet_format"},
      {{"render", "x", "--out", "a.png", "--sheet", "--step", "2"}, "usage_sheet_step"},
      {{"render", "x", "--out", "a.gif", "--background", "transparent"}, "usage_transparent"},
      {{"render", "x", "--out", "a.png", "--background", "red"}, "usage_value"},
      {{"render", "x", "--out", "a.png", "--style", "fancy"}, "usage_value"},
      {{"screenshot", "--out", "a.gif"}, "usage_format"},
      {{"quiz"}, "usage_missing"},
      {{"quiz", "x", "--seed", "-1"}, "usage_value"},
      {{"quiz", "x", "--seed", "1.5"}, "usage_value"},
      {{"quiz", "x", "--seed", "18446744073709551616"}, "usage_value"},
      {{"quiz", "x", "--count", "0"}, "usage_value"},
      {{"quiz", "x", "--count", "-3"}, "usage_value"},
      {{"quiz", "x", "--count", "1001"}, "usage_value"},
      {{"quiz", "x", "--count", "ten"}, "usage_value"},
      {{"quiz", "x", "--template", "99z"}, "usage_template"},
      {{"quiz", "x", "--template", ""}, "usage_template"},
      {{"quiz", "x", "--format", "pdf"}, "usage_value"},
      {{"quiz", "x", "y"}, "usage_unexpected"},
      {{"check"}, "usage_missing"},
      {{"check", "x", "--seed", "1"}, "usage_unexpected"},
      {{"code", "x", "--as", "cobol"}, "usage_value"},
      {{"code", "x"}, "usage_missing"},
      {{"code", "x", "--as", "onnx"}, "usage_code_out"},
      {{"code", "x", "--as", "numpy", "--step", "1"}, "usage_code_moment"},
      {{"code", "x", "--as", "numpy", "--layer", "1"}, "usage_code_moment"},
      {{"code", "x", "--as", "latex", "--step", "start"}, "usage_value"}};
  for (const auto& [arguments, code] : cases) {
    const Problem problem = refused(arguments);
    EXPECT_EQ(problem.code, code) << ::testing::PrintToString(arguments);
    EXPECT_EQ(exit_status_of(problem), 2) << ::testing::PrintToString(arguments);
  }
}

TEST(CommandLine, ReportsErrorsInTheRequestedLanguageEvenIfTheRestIsWrong) {
  const std::vector<std::string> apart = {"--bogus", "--lang", "ru"};
  const std::vector<std::string> joined = {"run", "--lang=ru"};
  const std::vector<std::string> unknown = {"--lang", "de"};
  EXPECT_EQ(language_of(apart, lesson::Language::kEnglish), lesson::Language::kRussian);
  EXPECT_EQ(language_of(joined, lesson::Language::kEnglish), lesson::Language::kRussian);
  EXPECT_EQ(language_of(unknown, lesson::Language::kRussian), lesson::Language::kRussian);
}

TEST(CommandLine, ScaleFollowsTheHeightAndNeverShrinks) {
  EXPECT_EQ(viewport_of({1280, 720}, {}).scale, 1.0F);
  EXPECT_EQ(viewport_of({3840, 2160}, {}).scale, 2.0F);
  Look look;
  look.scale = 0.5F;
  EXPECT_EQ(viewport_of({3840, 2160}, look).scale, 0.5F);
}

TEST(CommandLine, HelpIsTextAndNamesEveryCommand) {
  const auto help = std::get<command::ShowText>(parsed({"--help"}).command).text;
  for (const char* name :
       {"lessons", "run", "render", "screenshot", "replay", "quiz", "check", "describe", "code"}) {
    EXPECT_NE(help.find(name), std::string::npos) << name;
  }
  const auto run_help = std::get<command::ShowText>(parsed({"run", "--help"}).command).text;
  EXPECT_NE(run_help.find("--step"), std::string::npos);
}

std::string document(const char* name) {
  std::ifstream file(std::string(CONVSCOPE_SOURCE_DIR) + "/" + name);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

// The documents list by hand what the program keeps in tables.
TEST(CommandLine, HelpAndDocumentsNameEveryViewAndFormat) {
  const auto help = std::get<command::ShowText>(parsed({"render", "--help"}).command).text;
  const std::string readme = document("README.md");
  const std::string map = document("CONTRIBUTING.md");
  for (const lesson::ViewRow& row : lesson::kViewTable) {
    const std::string quoted = "`" + std::string(row.word) + "`";
    EXPECT_NE(help.find(row.word), std::string::npos) << row.word;
    EXPECT_NE(readme.find(quoted), std::string::npos) << row.word;
    EXPECT_NE(map.find(quoted), std::string::npos) << row.word;
  }
  for (const files::ExportFormat& format : files::export_formats()) {
    if (format.encode != nullptr) {
      EXPECT_NE(help.find(format.extension), std::string::npos) << format.extension;
      EXPECT_NE(readme.find(format.extension.substr(1)), std::string::npos) << format.extension;
    }
  }
}

}  // namespace
}  // namespace convscope::cli
