#include "app/panels/dialogs/export_panel.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <utility>

#include "app/panels/commands/commands.h"
#include "app/panels/dialogs/file_rows.h"
#include "app/panels/dialogs/side_panel.h"
#include "app/panels/file_names.h"
#include "app/panels/widgets/buttons.h"
#include "app/panels/widgets/dropdown.h"
#include "app/panels/widgets/imgui_shim.h"
#include "app/panels/widgets/number_field.h"
#include "app/panels/widgets/widgets.h"
#include "core/session/enum_names.h"
#include "core/session/film.h"

namespace convscope::panels {
namespace {

using Chosen = session::ExportChoice;
using What = Chosen::What;

constexpr float kMostPreview = 190;

struct Size {
  std::int64_t width;
  std::int64_t height;
};
constexpr std::array<Size, 5> kSizes = {
    {{800, 600}, {1280, 720}, {1920, 1080}, {2560, 1440}, {3840, 2160}}};

std::string text_of(const Size& size) {
  return std::to_string(size.width) + " × " + std::to_string(size.height);
}

// Of the sizes that are offered; -1: another one.
int size_index(const Chosen& choice) {
  for (std::size_t i = 0; i < kSizes.size(); ++i) {
    if (kSizes[i].width == choice.width && kSizes[i].height == choice.height) {
      return static_cast<int>(i);
    }
  }
  return -1;
}

// ".png" as a person calls it: "PNG".
std::string format_name(std::string_view ending) {
  std::string name;
  for (const char letter : ending.substr(ending.starts_with('.') ? 1 : 0)) {
    name += letter >= 'a' && letter <= 'z' ? static_cast<char>(letter - 'a' + 'A') : letter;
  }
  return name;
}

std::int64_t last_step(const session::Session& session) {
  return std::max<std::int64_t>(0, session::position_shape(session).count() - 1);
}

// The whole run if it is short enough, else as much of it as may be, from the step on the stage on.
void choose_steps(const session::Session& session, ExportForm& form) {
  const session::Timeline timeline = session::timeline_of(session);
  form.first = 0;
  form.last = last_step(session);
  if (export_frames(session, form) <= session::kMostExportFrames) {
    return;
  }
  const std::int64_t rate = form.choice.frames_per_second;
  const auto held = static_cast<std::int64_t>(form.choice.pause * static_cast<double>(rate));
  const session::Frame room = std::max<std::int64_t>(1, session::kMostExportFrames - rate - held) *
                              session::kTicksPerSecond / rate;
  const std::int64_t steps =
      std::max<std::int64_t>(1, room / std::max<session::Frame>(1, timeline.ticks_per_position()));
  const std::int64_t now = session::beat_at(timeline, session.clock.frame).position;
  form.first = std::clamp<std::int64_t>(now, 0, last_step(session));
  form.last = std::min(form.first + steps - 1, last_step(session));
}

// Another scene or layer has other steps.
void follow_scene(const PanelContext& context) {
  Exporting& exporting = *context.ui.exporting;
  const session::Look& look = context.session.look;
  const std::int64_t last = last_step(context.session);
  if (exporting.scene != look.scene || exporting.layer != look.layer || !exporting.steps_chosen) {
    exporting.scene = look.scene;
    exporting.layer = look.layer;
    exporting.steps_chosen = false;
    choose_steps(context.session, exporting.form);
  }
  exporting.form.first = std::clamp<std::int64_t>(exporting.form.first, 0, last);
  exporting.form.last = std::clamp(exporting.form.last, exporting.form.first, last);
}

ExportForm limited(const PanelContext& context, ExportForm form) {
  using session::kLeastExportSide;
  using session::kMostExportSide;
  Chosen& choice = form.choice;
  choice.width = std::clamp(choice.width, kLeastExportSide, kMostExportSide);
  choice.height = std::clamp(choice.height, kLeastExportSide, kMostExportSide);
  choice.frames_per_second =
      std::clamp<std::int64_t>(choice.frames_per_second, 1, session::kMostExportRate);
  choice.pause =
      std::isfinite(choice.pause) ? std::clamp(choice.pause, 0.0, session::kMostExportPause) : 0;
  const std::int64_t last = last_step(context.session);
  form.first = std::clamp<std::int64_t>(form.first, 0, last);
  form.last = std::clamp(form.last, form.first, last);
  return form;
}

// The formats that the choice of picture or animation leaves.
std::vector<const ExportKind*> formats_of(const PanelContext& context, const Chosen& choice) {
  std::vector<const ExportKind*> formats;
  for (const ExportKind& kind : context.export_kinds) {
    if (choice.animated ? kind.animated : kind.still) {
      formats.push_back(&kind);
    }
  }
  return formats;
}

// A name, and the place for a control behind it.
void begin_row(const PanelContext& context, const char* name, const std::string& tip) {
  ImGui::AlignTextToFramePadding();
  ImGui::TextUnformatted(context.locale.text(name).c_str());
  widgets::tooltip(context, tip);
  ImGui::SameLine(ImGui::GetWindowContentRegionMax().x - widgets::field_width(context) -
                  context.em(16));
}

float control_width(const PanelContext& context) {
  return widgets::field_width(context) + context.em(16);
}

// One of several, in a dropdown. `choose` gets the index.
template <typename Name, typename Choose>
void one_of(const PanelContext& context, const char* id, const std::string& tip, int count,
            int chosen, const Name& name, const Choose& choose) {
  ImGui::SetNextItemWidth(control_width(context));
  if (!widgets::begin_dropdown(context, id, chosen < 0 ? "" : name(chosen).c_str(),
                               ImGuiComboFlags_HeightLarge)) {
    widgets::tooltip(context, tip);
    return;
  }
  for (int i = 0; i < count; ++i) {
    if (widgets::dropdown_item(context, i, name(i), i == chosen)) {
      choose(i);
    }
  }
  widgets::end_dropdown(context, count);
}

void kind_row(const PanelContext& context, Chosen& choice) {
  const lesson::Locale& locale = context.locale;
  const float width = (ImGui::GetContentRegionAvail().x - context.em(4)) / 2;
  if (widgets::choice_button(context, "picture", locale.text("export.picture"), !choice.animated,
                             locale.text("export.tip_picture"), width)) {
    choice.animated = false;
  }
  ImGui::SameLine(0, context.em(4));
  if (widgets::choice_button(context, "animation", locale.text("export.animation"), choice.animated,
                             locale.text("export.tip_animation"), width)) {
    choice.animated = true;
  }
}

void format_row(const PanelContext& context, Chosen& choice) {
  const std::vector<const ExportKind*> formats = formats_of(context, choice);
  std::string& ending = choice.animated ? choice.animated_ending : choice.still_ending;
  const auto found = std::ranges::find(formats, ending, &ExportKind::ending);
  const int chosen = found == formats.end() ? 0 : static_cast<int>(found - formats.begin());
  if (found == formats.end() && !formats.empty()) {
    ending = formats.front()->ending;  // another version of the program knew more formats
  }
  begin_row(context, "export.format", context.locale.text("export.tip_format"));
  one_of(
      context, "##format", context.locale.text("export.tip_format"),
      static_cast<int>(formats.size()), formats.empty() ? -1 : chosen,
      [&](int i) { return format_name(formats[static_cast<std::size_t>(i)]->ending); },
      [&](int i) { ending = formats[static_cast<std::size_t>(i)]->ending; });
}

void what_row(const PanelContext& context, Chosen& choice) {
  const auto& whats = session::kExportWhats;
  const auto found =
      std::ranges::find(whats, choice.what, [](const auto& row) { return row.second; });
  begin_row(context, "export.what", context.locale.text("export.tip_what"));
  one_of(
      context, "##what", context.locale.text("export.tip_what"), static_cast<int>(whats.size()),
      static_cast<int>(found - whats.begin()),
      [&](int i) {
        return context.locale.text("export." +
                                   std::string(whats[static_cast<std::size_t>(i)].first));
      },
      [&](int i) { choice.what = whats[static_cast<std::size_t>(i)].second; });
}

widgets::NumberEdit side_rows(const PanelContext& context, Chosen& choice) {
  const lesson::Locale& locale = context.locale;
  begin_row(context, "export.size", context.locale.text("export.tip_sizes"));
  one_of(
      context, "##sizes", locale.text("export.tip_sizes"), static_cast<int>(kSizes.size()),
      size_index(choice), [&](int i) { return text_of(kSizes[static_cast<std::size_t>(i)]); },
      [&](int i) {
        choice.width = kSizes[static_cast<std::size_t>(i)].width;
        choice.height = kSizes[static_cast<std::size_t>(i)].height;
      });
  const float half = (control_width(context) - context.em(6)) / 2;
  begin_row(context, "export.pixels", context.locale.text("export.tip_width"));
  widgets::NumberEdit edit = widgets::integer_field(
      context, "##width", locale.text("export.tip_width"), choice.width, {.width = half}, 2);
  ImGui::SameLine(0, context.em(6));
  ImGui::BeginDisabled(choice.what == What::kSum);
  edit |= widgets::integer_field(
      context, "##height",
      locale.text(choice.what == What::kSum ? "export.tip_sum_height" : "export.tip_height"),
      choice.height, {.width = half}, 2);
  ImGui::EndDisabled();
  return edit;
}

void look_rows(const PanelContext& context, Chosen& choice) {
  const lesson::Locale& locale = context.locale;
  const auto word = [&](const auto& table, int i) {
    return locale.text("export." + std::string(table[static_cast<std::size_t>(i)].first));
  };
  const auto place = [](const auto& table, auto value) {
    return static_cast<int>(
        std::ranges::find_if(table, [&](const auto& each) { return each.second == value; }) -
        table.begin());
  };
  begin_row(context, "export.theme", context.locale.text("export.tip_theme"));
  one_of(
      context, "##theme", locale.text("export.tip_theme"),
      static_cast<int>(session::kThemes.size()), place(session::kThemes, choice.theme),
      [&](int i) { return word(session::kThemes, i); },
      [&](int i) { choice.theme = session::kThemes[static_cast<std::size_t>(i)].second; });
  begin_row(context, "export.language", context.locale.text("export.tip_language"));
  one_of(
      context, "##language", locale.text("export.tip_language"),
      static_cast<int>(lesson::kLanguages.size()),
      place(lesson::kLanguages, choice.language.value_or(context.session.look.language)),
      [&](int i) { return word(lesson::kLanguages, i); },
      [&](int i) { choice.language = lesson::kLanguages[static_cast<std::size_t>(i)].second; });
}

widgets::NumberEdit animation_rows(const PanelContext& context, ExportForm& form) {
  const lesson::Locale& locale = context.locale;
  const float half = (control_width(context) - context.em(6)) / 2;
  const std::string count = std::to_string(last_step(context.session));
  begin_row(context, "export.steps", context.locale.text("export.tip_first"));
  widgets::NumberEdit edit = widgets::integer_field(
      context, "##first", locale.text("export.tip_first"), form.first, {.width = half}, 0.1f);
  ImGui::SameLine(0, context.em(6));
  edit |=
      widgets::integer_field(context, "##last", locale.text("export.tip_last", {{"last", count}}),
                             form.last, {.width = half}, 0.1f);
  if (edit.changed) {
    context.ui.exporting->steps_chosen = true;
  }
  begin_row(context, "export.rate", context.locale.text("export.tip_rate"));
  edit |= widgets::integer_field(context, "##rate", locale.text("export.tip_rate"),
                                 form.choice.frames_per_second, {.width = control_width(context)},
                                 0.1f);
  begin_row(context, "export.pause", context.locale.text("export.tip_pause"));
  edit |= widgets::real_field(context, "##pause", locale.text("export.tip_pause"),
                              form.choice.pause, 0.02f, {.width = control_width(context)});
  widgets::check_box(context, locale.text("export.loop"), form.choice.loop);
  widgets::tooltip(context, locale.text("export.tip_loop"));
  return edit;
}

// How long the animation is, or that a picture shows the moment on the stage.
void summary(const PanelContext& context, const ExportForm& form) {
  if (!form.choice.animated) {
    widgets::dim_text(context, context.locale.text("export.moment"));
    return;
  }
  const std::int64_t frames = export_frames(context.session, form);
  const double seconds = std::round(10 * static_cast<double>(frames) /
                                    static_cast<double>(form.choice.frames_per_second)) /
                         10;
  std::string digits = std::to_string(static_cast<std::int64_t>(seconds * 10) / 10) + "." +
                       std::to_string(static_cast<std::int64_t>(seconds * 10) % 10);
  const lesson::TextValues values = {
      {"frames", frames}, {"seconds", digits}, {"most", session::kMostExportFrames}};
  if (frames > session::kMostExportFrames) {
    widgets::warning_text(context, context.locale.text("export.too_long", values));
  } else {
    widgets::dim_text(context, context.locale.text("export.length", values));
  }
}

void preview(const PanelContext& context) {
  const Exporting& exporting = *context.ui.exporting;
  const float width = ImGui::GetContentRegionAvail().x;
  const bool window = exporting.form.choice.what == What::kWindow;
  if (window) {
    widgets::dim_text(context, context.locale.text("export.whole_window"));
  }
  if (!window && !exporting.has_part) {
    widgets::warning_text(context, context.locale.text("export.no_part"));
    return;
  }
  if (exporting.preview == 0 || exporting.preview_width <= 0 || exporting.preview_height <= 0) {
    return;
  }
  const auto w = static_cast<float>(exporting.preview_width);
  const auto h = static_cast<float>(exporting.preview_height);
  const float room = std::min(context.em(kMostPreview), ImGui::GetWindowHeight() * 0.42f);
  const float factor = std::min(width / w, room / h);
  ImGui::SetCursorPosX(ImGui::GetCursorPosX() + std::round((width - w * factor) / 2));
  ImGui::Image(widgets::texture_id(exporting.preview), {w * factor, h * factor}, {0, 1}, {1, 0});
  const ImVec2 corner = ImGui::GetItemRectMin();
  const ImVec2 opposite = ImGui::GetItemRectMax();
  ImGui::GetWindowDrawList()->AddRect(corner, opposite, widgets::color(context.palette.border));
  widgets::tooltip(context, context.locale.text("export.tip_preview"));
}

bool can_export(const PanelContext& context, const ExportForm& form) {
  const bool short_enough =
      !form.choice.animated || export_frames(context.session, form) <= session::kMostExportFrames;
  const bool there = form.choice.what == What::kWindow || context.ui.exporting->has_part;
  return short_enough && there && !context.ui.export_progress;
}

void choice_rows(const PanelContext& context) {
  Exporting& exporting = *context.ui.exporting;
  ExportForm form = exporting.typed.value_or(exporting.form);
  const ExportForm before = form;
  kind_row(context, form.choice);
  format_row(context, form.choice);
  what_row(context, form.choice);
  widgets::NumberEdit edit = side_rows(context, form.choice);
  look_rows(context, form.choice);
  if (form.choice.animated) {
    edit |= animation_rows(context, form);
  }
  if (edit.typing && !edit.released) {
    exporting.typed = form;
  } else if (form != before || exporting.typed) {
    exporting.form = limited(context, form);
    exporting.typed.reset();
    context.ui.export_choice = exporting.form.choice;
  }
  summary(context, exporting.form);
}

void buttons(const PanelContext& context) {
  const lesson::Locale& locale = context.locale;
  const ExportForm& form = context.ui.exporting->form;
  const bool entered = context.ui.keys == KeyFocus::kExport && !context.ui.focus.focused() &&
                       widgets::is_pressed(Key::kEnter, false) && !ImGui::GetIO().WantTextInput &&
                       topmost_modal(context.ui, context.unsaved) == Modal::kNone;
  const bool ready = can_export(context, form);
  ImGui::BeginDisabled(!ready);
  const bool pressed = widgets::primary_button(context, locale.text("export.save"));
  widgets::tooltip(context, locale.text("export.tip_save"));
  ImGui::EndDisabled();
  if (!form.choice.animated) {
    ImGui::SameLine(0, context.em(8));
    ImGui::BeginDisabled(!ready);
    if (widgets::plain_button(context, locale.text("export.copy"),
                              command_tip(context, Command::kCopyPicture)) &&
        ready) {
      run_command(Command::kCopyPicture, context);
    }
    ImGui::EndDisabled();
  }
  if ((pressed || entered) && ready) {
    ask_export_name(context);
  }
}

}  // namespace

std::int64_t export_frames(const session::Session& session, const ExportForm& form) {
  session::Film film = session::film_of(session::timeline_of(session), form.first, form.last,
                                        static_cast<int>(form.choice.frames_per_second));
  film.pause = static_cast<std::int64_t>(form.choice.pause * 1000);
  return film.count();
}

void open_export(const PanelContext& context) {
  UiState& ui = context.ui;
  ui.exporting = Exporting{.form = {.choice = ui.export_choice}};
  ui.welcome.reset();
  ui.focus.clear();
  ui.keys = KeyFocus::kExport;
}

void ask_export_name(const PanelContext& context) {
  UiState& ui = context.ui;
  const std::string stem =
      context.path ? stem_of(*context.path) : context.session.document.lesson->id;
  open_file_dialog(ui.files, FileDialog::Mode::kExport, ui.files.folder,
                   stem + ui.exporting->form.choice.ending());
}

void export_panel(const PanelContext& context, const picture::Rect& stage) {
  UiState& ui = context.ui;
  if (!ui.exporting || context.empty) {
    return;
  }
  follow_scene(context);
  const picture::Rect area = side_panel_area(context, stage);
  ImGui::PushStyleColor(ImGuiCol_WindowBg, widgets::color(context.palette.surface));
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {context.em(16), context.em(12)});
  widgets::begin_area("export", area, true, /*above=*/true);
  ImGui::PopStyleVar();
  ImGui::PopStyleColor();
  {
    const widgets::FontScope font(context.fonts.title);
    ImGui::AlignTextToFramePadding();
    ImGui::TextUnformatted(context.locale.text("export.title").c_str());
  }
  ImGui::SameLine(ImGui::GetWindowContentRegionMax().x - context.em(26));
  const bool closes =
      widgets::icon_press(context, "close", widgets::Icon::kClose,
                          tooltip_text(Command::kClose, context.locale), {.size = 26});
  const float foot = ImGui::GetFrameHeight() + 2 * ImGui::GetStyle().ItemSpacing.y;
  ImGui::BeginChild("choices", {0, std::max(1.0f, ImGui::GetContentRegionAvail().y - foot)});
  preview(context);
  ImGui::Dummy({0, context.em(2)});
  choice_rows(context);
  widgets::fade_cut_edges(context);
  ImGui::EndChild();
  buttons(context);
  if (ImGui::IsWindowHovered(ImGuiHoveredFlags_ChildWindows) &&
      ImGui::IsMouseClicked(ImGuiMouseButton_Left)) {
    ui.keys = KeyFocus::kExport;
  }
  const float x = area.x + 0.5f;
  widgets::edge_line(context, {x, area.y}, {x, area.bottom()});
  widgets::focus_ring(context, area, KeyFocus::kExport);
  widgets::end_area();
  if (closes) {
    ui.exporting.reset();
    ui.keys = KeyFocus::kStage;
    ui.focus.clear();
  }
}

}  // namespace convscope::panels
