#include "core/session/action/author.h"

#include "core/session/action/rows.h"
#include "core/session/edit/author.h"
#include "core/session/enum_names.h"

namespace convscope::session::action {
namespace {

std::string change_of_title(const Action& action) {
  return action.as<SetTitle>()->of == TitleOf::kScene ? "set_title" : "set_lesson_title";
}

std::string change_of_attachment(const Action& action) {
  return action.as<Attach>()->on ? "attach" : "detach";
}

}  // namespace

std::vector<Row> author_rows() {
  return {
      row<SetTitle, set_title,
          [](Fields& fields, SetTitle& a) {
            fields.word("of", kTitlesOf, a.of);
            fields.word("language", lesson::kLanguages, a.language);
            fields.text("text", a.text);
            fields.commit(a.commit);
          }>("set_title", change_of_title),
      row<SetNarration, set_narration,
          [](Fields& fields, SetNarration& a) {
            if (fields.has("layer", a.layer != 0)) {
              fields.integer("layer", a.layer);
            }
            if (fields.has("at", a.at >= 0)) {
              fields.integer("at", a.at);
            }
            fields.word("language", lesson::kLanguages, a.language);
            fields.text("text", a.text);
            fields.commit(a.commit);
          }>("set_narration", named("set_narration")),
      row<AddScene, add_scene,
          [](Fields& fields, AddScene& a) {
            if (fields.has("texts", a.texts)) {
              fields.boolean("texts", a.texts);
            }
          }>("add_scene", named("add_scene")),
      row<RemoveScene, remove_scene,
          [](Fields& fields, RemoveScene& a) { fields.integer("scene", a.scene); }>(
          "remove_scene", named("remove_scene")),
      row<MoveScene, move_scene,
          [](Fields& fields, MoveScene& a) {
            fields.integer("scene", a.scene);
            fields.integer("to", a.to);
          }>("move_scene", named("move_scene")),
      row<Attach, attach,
          [](Fields& fields, Attach& a) {
            fields.word("what", kAttached, a.what);
            fields.text("id", a.id);
            fields.boolean("on", a.on);
          }>("attach", change_of_attachment),
  };
}

}  // namespace convscope::session::action
