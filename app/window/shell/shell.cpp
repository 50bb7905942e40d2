#include "app/window/shell/shell.h"

#include <algorithm>
#include <utility>

#include <imgui_impl_opengl3.h>

#include "app/files/array_file.h"
#include "app/files/export_format.h"
#include "app/panels/commands/key_focus.h"
#include "app/panels/practice/practice.h"
#include "app/panels/present/present.h"
#include "app/panels/stage/hints.h"
#include "app/window/bundled_fonts.h"
#include "app/window/keep/keep_work.h"
#include "app/window/shell/shell_state.h"
#include "app/window/sooner.h"
#include "app/window/window_title.h"
#include "core/session/scenes.h"

namespace convscope::window {
namespace {

constexpr panels::SidePanels kNoSides = {false, false};
// Good news is shown for so many seconds; bad news stays until it is dismissed.
constexpr double kGoodNewsLasts = 5;
// How often to look whether a slow answer is there.
constexpr double kSlowGlance = 0.1;

std::vector<panels::LessonEntry> lesson_entries() {
  std::vector<panels::LessonEntry> entries;
  for (const std::string& id : files::bundled_lesson_ids()) {
    lesson::Heading heading = files::bundled_heading(id);
    entries.push_back({id, std::move(heading.title), std::move(heading.summary), heading.scenes});
  }
  return entries;
}

}  // namespace

ImGuiLife::ImGuiLife() : before(ImGui::GetCurrentContext()), context(ImGui::CreateContext()) {
  ImGui::SetCurrentContext(context);
  panels::widgets::configure_imgui();
  ImGui_ImplOpenGL3_Init("#version 330 core");
}

ImGuiLife::~ImGuiLife() {
  ImGui::SetCurrentContext(context);
  ImGui_ImplOpenGL3_Shutdown();
  ImGui::DestroyContext(context);
  ImGui::SetCurrentContext(before);
}

Shell::State::State(Store& the_store, const picture::TextMetrics& the_metrics,
                    panels::widgets::Clipboard the_clipboard)
    : store(the_store),
      metrics(the_metrics),
      clipboard(std::move(the_clipboard)),
      painter(the_metrics),
      exports(the_metrics),
      lessons(lesson_entries()) {
  ui.files.has_system = files::SystemDialog::is_available();
  if (clipboard.read && clipboard.write) {
    panels::widgets::connect_clipboard(clipboard);
  }
}

Shell::Shell(Store& store, const picture::TextMetrics& metrics,
             panels::widgets::Clipboard clipboard)
    : state_(std::make_unique<State>(store, metrics, std::move(clipboard))) {}
Shell::~Shell() = default;

// Adapts fonts and style to theme and scale, between frames.
void Shell::State::prepare_look(float scale) {
  const session::Theme theme = store.session().look.theme;
  const picture::Palette palette = picture::palette_of(theme, size.y / scale);
  const float unit = scale * palette.text_scale;
  if (unit != font_unit) {
    const float wall =
        theme == session::Theme::kProjector ? size.y * panels::widgets::kWallText : 0.0f;
    fonts = panels::widgets::build_fonts(bundled_fonts(), unit, wall);
    panels::widgets::refresh_font_texture();
    font_unit = unit;
  }
  if (unit != styled_unit || theme != styled_theme) {
    panels::widgets::apply_style(palette, scale);
    styled_unit = unit;
    styled_theme = theme;
  }
}

std::optional<double> Shell::State::notice_ends_in() const {
  const bool good = notice && store.locale().has("notice." + notice->code);
  return good ? std::optional(std::max(0.0, kGoodNewsLasts - notice_age)) : std::nullopt;
}

void Shell::State::watch_notice(double seconds) {
  notice_age += seconds;
  if (notice != store.session().transient.notice) {
    notice = store.session().transient.notice;
    notice_age = 0;
    frames_due = kFramesAfterEvent;  // it may come from outside of a frame, and is measured first
  } else if (notice_ends_in() == 0.0) {
    store.dispatch(session::action::DismissNotice{});
  }
}

// A lesson of the course that stands at its very end is finished; one that was begun is to be gone
// on with at the scene where it was left.
void Shell::State::watch_lesson() {
  const session::Session& session = store.session();
  const std::string& id = session.document.lesson->id;
  const bool of_course = !store.path() && !store.empty() && !session.asking && !session.solving &&
                         lesson::find_lesson(course, id) != nullptr;
  const bool over = session::is_last_scene(session) && session::at_end(session) &&
                    !session::next_told_layer(session);
  if (!of_course) {
    return;
  }
  if (!over) {
    if (session.look.scene > 0 || session.clock.frame > 0 || ui.lesson_scenes.contains(id)) {
      ui.lesson_scenes[id] = session.look.scene;
    }
    return;
  }
  ui.lesson_scenes.erase(id);
  if (std::ranges::find(ui.finished_lessons, id) == ui.finished_lessons.end()) {
    ui.finished_lessons.push_back(id);
  }
}

panels::PanelContext Shell::State::context_on(const panels::Layout& layout,
                                              const picture::Palette& palette, float scale,
                                              session::Actions& actions,
                                              const panels::widgets::FontSet& with_fonts) {
  return {.session = store.session(),
          .derived = store.derived(),
          .locale = store.locale(),
          .palette = palette,
          .fonts = with_fonts,
          .stage = stage.picture(),
          .stage_texture = painter.texture(),
          .lessons = lessons,
          .recent_files = recent_files,
          .languages = store.locales(),
          .scale = scale,
          .progress = store.slow_progress(),
          .opening = store.opening(),
          .empty = store.empty(),
          .path = store.path(),
          .unsaved = store.unsaved(),
          .export_endings = files::export_endings(/*animated=*/true),
          .export_kinds = kinds,
          .lessons_shown = layout.lessons.has_value(),
          .inspector_shown = layout.inspector.has_value(),
          .exercises = store.exercises(),
          .course = &course,
          .ui = ui,
          .actions = actions};
}

panels::Layout Shell::State::layout_on(const picture::Palette& palette, float scale) const {
  return panels::layout_of(size.x, size.y, scale, palette.text_scale,
                           store.empty() ? kNoSides : panels::sides_of(store.session(), ui),
                           panels::foot_of(store.session()), ui.presenter.has_value());
}

// Before anything is drawn, so that the frame shows what its keys have done.
void Shell::State::feed(float scale) {
  if (ui.editor && ui.editor->patience > 0) {
    frames_due = kFramesAfterEvent;
    return;
  }
  const std::deque<panels::InputEvent> events = input.take(panels::widgets::is_typing());
  if (events.empty()) {
    return;
  }
  frames_due = kFramesAfterEvent;
  const picture::Palette palette = picture::palette_of(store.session().look.theme, size.y / scale);
  session::Actions actions;
  panels::feed_events(events,
                      context_on(layout_on(palette, scale), palette, scale, actions, fonts));
  perform(actions);
}

void Shell::State::refresh_stage(const picture::Viewport& viewport) {
  if (stage.refresh(store.shown(viewport), store.locale(), metrics)) {
    painter.draw(stage.picture());
  }
}

void Shell::push(const panels::InputEvent& event) { state_->input.push(event); }

void Shell::frame(int width, int height, float scale, double seconds) {
  State& s = *state_;
  s.frames_due = std::max(0, s.frames_due - 1);
  const ImVec2 size = {static_cast<float>(width), static_cast<float>(height)};
  const ImVec2 old_size = std::exchange(s.size, size);
  if (s.store.poll() || size.x != old_size.x || size.y != old_size.y) {
    s.frames_due = kFramesAfterEvent;
  }
  ImGui::SetCurrentContext(s.life.context);
  ImGuiIO& io = ImGui::GetIO();
  io.DisplaySize = size;
  io.DeltaTime = static_cast<float>(std::clamp(seconds, 1e-4, 0.1));
  s.watch_notice(seconds);
  panels::pass_time(s.ui, seconds);
  if (offer_to_shrink(s.ui, s.store)) {
    s.frames_due = kFramesAfterEvent;
  }
  s.watch_lesson();
  s.feed(scale);
  s.prepare_look(scale);

  const session::Session& session = s.store.session();
  const picture::Palette palette = picture::palette_of(session.look.theme, size.y / scale);
  const panels::Layout layout = s.layout_on(palette, scale);
  s.guard([&] { s.refresh_stage({layout.stage.w, layout.stage.h, scale, s.ui.tools_width}); });
  s.store.catch_up();
  session::Actions actions;
  const panels::PanelContext context = s.context_on(layout, palette, scale, actions, s.fonts);
  ImGui_ImplOpenGL3_NewFrame();
  ImGui::NewFrame();
  const bool tip_was_due = s.ui.tip.is_due();
  s.ui.tip.begin_frame(seconds);
  if (tip_was_due != s.ui.tip.is_due()) {
    s.frames_due = kFramesAfterEvent;  // ImGui measures a tooltip before it draws it
  }
  const float tools_width = s.ui.tools_width;
  panels::draw_panels(context, layout);
  if (tools_width != s.ui.tools_width) {
    s.frames_due = kFramesAfterEvent;  // the title makes room for them
  }
  s.ui.tip.end_frame(ImGui::IsAnyMouseDown());
  ImGui::Render();
  ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());
  s.perform(actions);
}

std::optional<double> Shell::next_frame_in() const {
  if (state_->frames_due > 0 || !state_->input.empty()) {
    return 0.0;
  }
  if (state_->exports.is_busy()) {
    return 0.0;
  }
  const bool serving = state_->system_dialog.is_open() || state_->pasting.is_waiting() ||
                       state_->previewer.is_busy();
  const std::optional<double> glance = serving ? std::optional(kSlowGlance) : std::nullopt;
  return sooner(sooner(glance, panels::presenter_due_in(state_->ui)),
                sooner(state_->ui.tip.due_in(), state_->notice_ends_in()));
}

std::optional<float> Shell::scale() const { return state_->ui.scale; }

void Shell::welcome() {
  if (!panels::is_done(state_->ui, panels::kWelcomed)) {
    state_->ui.welcome.emplace();
  }
}

void Shell::show_recent_files(const std::vector<std::string>& paths) {
  state_->recent_files = paths;
}

void Shell::offer_recovery(const std::optional<panels::Offer>& offer) {
  std::optional<panels::Offer>& shown = state_->ui.recovery;
  if (shown.has_value() != offer.has_value() || (shown && shown->file != offer->file)) {
    state_->frames_due = kFramesAfterEvent;
    shown = offer;
  }
}

panels::Offer::Answer Shell::take_recovery_answer() {
  using Answer = panels::Offer::Answer;
  std::optional<panels::Offer>& offer = state_->ui.recovery;
  return offer ? std::exchange(offer->answer, Answer::kNone) : Answer::kNone;
}

void Shell::ask_to_recover(const std::string& autosave) {
  state_->leave({.open = autosave, .autosave = true});
}

void Shell::look_at_disk() {
  notice_their_changes(state_->ui, state_->store);
  state_->frames_due = kFramesAfterEvent;
}

void Shell::watch(bool on) { state_->ui.watching = on; }
bool Shell::is_watching() const { return state_->ui.watching; }

void Shell::ask_to_open(const std::string& what) {
  if (files::has_array_ending(what)) {
    state_->choose_array(what);
  } else {
    state_->leave({.open = what});
  }
}
void Shell::ask_to_quit() { state_->leave({.open = std::nullopt}); }
bool Shell::presents() const { return state_->ui.presenter.has_value(); }

bool Shell::wants_notes() const { return presents() && state_->ui.presenter->notes; }

void Shell::set_notes(bool wanted) {
  if (presents()) {
    state_->ui.presenter->notes = wanted;
  }
}

void Shell::draw_notes(const panels::widgets::FontSet& fonts, const picture::Rect& area,
                       float scale, const std::string& clock) const {
  const picture::Palette palette = picture::palette_of(session::Theme::kDark, 720);
  panels::widgets::apply_style(palette, scale);
  session::Actions none;
  const panels::PanelContext context = state_->context_on({}, palette, scale, none, fonts);
  panels::notes_panel(context, area, clock);
}

bool Shell::wants_to_quit() const { return state_->ui.quit; }
std::string Shell::title() const { return window_title(state_->store); }

void Shell::rest() {
  ImGui::SetCurrentContext(state_->life.context);
  state_->serve_exports();
}

void Shell::on_ready(std::function<void()> wake) { state_->exports.on_ready(std::move(wake)); }

std::int64_t Shell::composes() const { return state_->stage.composes(); }

}  // namespace convscope::window
