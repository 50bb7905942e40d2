// The file dialog, by keyboard alone; the tests act as the front end that lists folders and writes
// files.
#include "app/panels/dialogs/file_rows.h"
#include "app/panels/file_names.h"
#include "tests/app/panels/panel_bench.h"

namespace convscope::panels {
namespace {

using Mode = FileDialog::Mode;
using Part = FileDialog::Part;

class Dialog : public PanelBench {
 protected:
  // Opens the dialog on a folder that contains one folder and two lessons.
  void open(Key key) {
    press(key, {.ctrl = true});
    if (key == Key::kE) {
      press(Key::kEnter);  // the panel of the export asks for a name
    }
    list("/lessons");
  }
  void list(const std::string& folder) {
    ui_.files.wanted.reset();
    ui_.files.folder = folder;
    ui_.files.parent = "/";
    ui_.files.entries = {{"old", true}, {"a.json", false}, {"b.json", false}};
    settle();
  }
};

TEST_F(Dialog, DownAndEnterOpenARow) {
  open(Key::kO);
  press(Key::kDown);
  press(Key::kDown);
  EXPECT_EQ(ui_.files.name, "a.json");
  EXPECT_EQ(ui_.files.wanted_preview, "/lessons/a.json");
  press(Key::kEnter);
  ASSERT_EQ(emitted<session::action::Open>().size(), 1u);
  EXPECT_EQ(emitted<session::action::Open>()[0].what, "/lessons/a.json");
  EXPECT_EQ(ui_.files.used_folder, "/lessons");
  EXPECT_EQ(ui_.files.mode, Mode::kClosed);
}

TEST_F(Dialog, ATypedNameIsOpenedWhateverIsListed) {
  open(Key::kO);
  type(U"c.json");
  EXPECT_EQ(ui_.files.wanted_preview, "");  // a half-typed name is not read
  press(Key::kEnter);
  ASSERT_EQ(emitted<session::action::Open>().size(), 1u);
  EXPECT_EQ(emitted<session::action::Open>()[0].what, "/lessons/c.json");
}

TEST_F(Dialog, SaveAsBeginsInTheFolderOfTheDocument) {
  path_ = "/lectures/week1/cross.json";
  press(Key::kS, {.ctrl = true, .shift = true});
  EXPECT_EQ(ui_.files.wanted, "/lectures/week1");
}

TEST_F(Dialog, TheNextQuestionBeginsWhereAPathWasTyped) {
  open(Key::kS);
  press(Key::kA, {.ctrl = true});
  type(U"/slides/mine.json");
  press(Key::kEnter);
  ASSERT_TRUE(ui_.write);
  EXPECT_EQ(ui_.write->path, "/slides/mine.json");
  press(Key::kO, {.ctrl = true});
  EXPECT_EQ(ui_.files.wanted, "/slides");
}

// On a slow machine the last letters and Enter arrive in one frame.
TEST_F(Dialog, NothingTypedIsLostWhenEnterFollowsAtOnce) {
  open(Key::kS);
  for (const char32_t character : std::u32string_view(U"fast")) {
    InputEvent event;
    event.kind = InputEvent::Kind::kText;
    event.character = character;
    input_.push(event);
  }
  press(Key::kEnter);
  ASSERT_TRUE(ui_.write);
  EXPECT_EQ(ui_.write->path, "/lessons/fast.json");
}

TEST_F(Dialog, AFolderIsEnteredAndTheProposedNameStays) {
  open(Key::kS);
  EXPECT_EQ(ui_.files.name, "cross.json");
  press(Key::kDown);
  press(Key::kEnter);
  EXPECT_EQ(ui_.files.wanted, "/lessons/old");
  EXPECT_FALSE(ui_.write);
  list("/lessons/old");
  press(Key::kEnter);
  ASSERT_TRUE(ui_.write);
  EXPECT_EQ(ui_.write->path, "/lessons/old/cross.json");
}

TEST_F(Dialog, SaveAddsAMissingExtension) {
  for (const auto& [typed, path] :
       {std::pair{U"mine", "/lessons/mine.json"}, std::pair{U"mine.v2", "/lessons/mine.v2.json"},
        std::pair{U"MINE.JSON", "/lessons/MINE.JSON"}}) {
    open(Key::kS);
    press(Key::kA, {.ctrl = true});
    type(typed);
    press(Key::kEnter);
    ASSERT_TRUE(ui_.write);
    EXPECT_EQ(ui_.write->path, path);
    ui_.write.reset();
  }
}

TEST_F(Dialog, ExportNeverWritesAnotherFormatThanTheName) {
  for (const auto* typed : {U"stage", U"stage.json", U"stage.", U".png", U"stage.gif"}) {
    open(Key::kE);
    press(Key::kA, {.ctrl = true});
    type(typed);
    press(Key::kEnter);
    EXPECT_FALSE(ui_.write);
    EXPECT_EQ(ui_.files.mode, Mode::kExport);
    EXPECT_EQ(ui_.files.refusal, "panel.export_endings");
    // The field still has the focus.
    press(Key::kA, {.ctrl = true});
    type(U"stage.PNG");
    EXPECT_FALSE(ui_.files.refusal);
    press(Key::kEnter);
    ASSERT_TRUE(ui_.write);
    EXPECT_EQ(ui_.write->path, "/lessons/stage.PNG");
    ui_.write.reset();
  }
}

TEST_F(Dialog, TabWrapsAroundAndEnterPressesTheFocusedControl) {
  open(Key::kO);
  const std::vector<Part> parts = {Part::kList, Part::kUp, Part::kCancel, Part::kAccept,
                                   Part::kName};
  for (const Part part : parts) {
    press(Key::kTab);
    EXPECT_EQ(ui_.files.part, part);
  }
  type(U"c.json");
  EXPECT_EQ(ui_.files.name, "c.json");
  press(Key::kTab, {.shift = true});
  press(Key::kTab, {.shift = true});
  EXPECT_EQ(ui_.files.part, Part::kCancel);
  press(Key::kEnter);
  EXPECT_EQ(ui_.files.mode, Mode::kClosed);
  EXPECT_TRUE(emitted<session::action::Open>().empty());
}

TEST_F(Dialog, InTheListTheArrowsChooseAndBackspaceGoesUp) {
  open(Key::kO);
  press(Key::kTab);
  press(Key::kDown);
  press(Key::kDown);
  press(Key::kDown);
  press(Key::kDown);  // stays on the last row
  EXPECT_EQ(ui_.files.name, "b.json");
  press(Key::kUp);
  EXPECT_EQ(ui_.files.name, "a.json");
  press(Key::kBackspace);
  EXPECT_EQ(ui_.files.wanted, "/");
}

TEST_F(Dialog, TheSystemDialogIsOpenedAndItsAnswerIsUsed) {
  ui_.files.has_system = true;
  open(Key::kO);
  press(Key::kTab);
  press(Key::kTab);
  press(Key::kTab);
  EXPECT_EQ(ui_.files.part, Part::kSystem);
  press(Key::kEnter);
  EXPECT_TRUE(ui_.files.ask_system);
  ui_.files.answered = "/elsewhere/c.json";
  settle();
  ASSERT_EQ(emitted<session::action::Open>().size(), 1u);
  EXPECT_EQ(emitted<session::action::Open>()[0].what, "/elsewhere/c.json");
  EXPECT_EQ(ui_.files.mode, Mode::kClosed);
}

TEST_F(Dialog, RecentFilesComeFirstAndOnlyWhereTheyCanBeOpened) {
  const std::vector<std::string> recent = {"/far/away.json", "/x/y.json"};
  session::Actions actions;
  ui_.files.folder = "/lessons";
  ui_.files.entries = {{"a.json", false}};
  PanelContext seen = context(actions);
  seen.recent_files = recent;
  ui_.files.mode = Mode::kOpen;
  const std::vector<FileRow> rows = file_rows(seen);
  ASSERT_EQ(rows.size(), 3u);
  EXPECT_EQ(rows[0].name, "away.json");
  EXPECT_EQ(rows[0].path, "/far/away.json");
  EXPECT_EQ(rows[0].beside, "/far");
  EXPECT_TRUE(rows[0].recent);
  EXPECT_EQ(rows[2].path, "/lessons/a.json");
  ui_.files.mode = Mode::kSave;
  EXPECT_EQ(file_rows(seen).size(), 1u);
  ui_.files.mode = Mode::kClosed;
}

TEST(FileNames, IncludeTheirFolders) {
  EXPECT_EQ(file_name("/a/b.json"), "b.json");
  EXPECT_EQ(file_name("C:\\a\\b.json"), "b.json");
  EXPECT_EQ(file_name("b.json"), "b.json");
  EXPECT_EQ(folder_of("/a/b.json"), "/a");
  EXPECT_EQ(folder_of("/b.json"), "/");
  EXPECT_EQ(folder_of("C:\\a\\b.json"), "C:\\a");
  EXPECT_EQ(folder_of("C:\\b.json"), "C:\\");
  EXPECT_EQ(folder_of("b.json"), "");
}

TEST(Endings, AreReadFromTheEndOfTheName) {
  EXPECT_TRUE(ends_with_one_of("a.png", ".png, .svg"));
  EXPECT_TRUE(ends_with_one_of("a.b.SVG", ".png, .svg"));
  EXPECT_FALSE(ends_with_one_of("a.svgz", ".png, .svg"));
  EXPECT_FALSE(ends_with_one_of(".png", ".png, .svg"));
  EXPECT_FALSE(ends_with_one_of("/x/.png", ".png, .svg"));
  EXPECT_FALSE(ends_with_one_of("png", ".png, .svg"));
  EXPECT_FALSE(ends_with_one_of("a.png", ""));
}

}  // namespace
}  // namespace convscope::panels
