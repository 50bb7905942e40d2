// The inspector's tabs: no word is cut; where one row has no room for them, two have.
#include <map>

#include "tests/app/panels/panel_bench.h"

namespace convscope::panels {
namespace {

class TabBench : public PanelBench {
 protected:
  // The rows that tabs with these whole words stand in, found by the pointer; a word that is cut is
  // not found. Each row by its number of tabs.
  std::vector<int> rows_of(const std::vector<std::string>& tabs) {
    const ImGuiWindow* window = ImGui::FindWindowByName("inspector");
    std::map<unsigned, float> found;
    const picture::Rect& panel = *layout_.inspector;
    for (float y = panel.y + 2; y < panel.y + 90; y += 6) {
      for (float x = panel.x + 4; x < panel.right(); x += 8) {
        point(x, y);
        frame();
        found.emplace(ImGui::GetCurrentContext()->HoveredId, y);
      }
    }
    std::map<float, int> rows;
    for (const std::string& tab : tabs) {
      const std::string& word = english_.text("panel." + tab);
      const auto at = found.find(ImHashStr((word + "##" + tab).c_str(), 0, window->ID));
      if (at == found.end()) {
        ADD_FAILURE() << word;
      } else {
        ++rows[at->second];
      }
    }
    std::vector<int> counts;
    for (const auto& [y, count] : rows) {
      counts.push_back(count);
    }
    return counts;
  }
};

const std::vector<std::string> kAlways = {"tab_input", "tab_filter", "tab_layer", "tab_map",
                                          "tab_texts"};

TEST_F(TabBench, FiveShortWordsStandInOneRow) {
  ui_.inspector_open = true;
  settle();
  EXPECT_EQ(rows_of(kAlways), (std::vector<int>{5}));
}

TEST_F(TabBench, SixLongWordsStandWholeInTwoRows) {
  english_ = languages_[1];
  ui_.inspector_open = true;
  session_ = session::update(session_, session::action::SetView{lesson::View::kDescent});
  settle();
  std::vector<std::string> tabs = kAlways;
  tabs.emplace_back("tab_training");
  EXPECT_EQ(rows_of(tabs), (std::vector<int>{3, 3}));
}

}  // namespace
}  // namespace convscope::panels
