#include "core/session/action/document.h"

#include "core/session/action/rows.h"
#include "core/session/edit/edit.h"
#include "core/session/edit/put_tensor.h"
#include "core/session/enum_names.h"

namespace convscope::session::action {

std::vector<Row> document_rows() {
  constexpr auto kLeftToTheFront = [](Session&) {};
  return {
      row<Open, kLeftToTheFront,
          [](Fields& fields, Open& a) {
            fields.text("lesson", a.what);
            if (fields.has("shrink", a.shrink)) {
              fields.boolean("shrink", a.shrink);
            }
          }>("open"),
      row<Opened, [](Session& session, const Opened& a) { open_document(session, a.lesson); }>(
          "", named("open")),
      row<UseArray, kLeftToTheFront,
          [](Fields& fields, UseArray& a) {
            fields.word("tensor", kTensorRoles, a.tensor);
            fields.text("file", a.file);
            if (fields.has("name", !a.name.empty())) {
              fields.text("name", a.name);
            }
            if (fields.has("slice", !a.slice.empty())) {
              fields.text("slice", a.slice);
            }
          }>("use_array"),
      row<Refresh, kLeftToTheFront>("refresh"),
      row<Refreshed, refresh_tensors>(""),
      row<Save, kLeftToTheFront, [](Fields& fields, Save& a) { fields.text("path", a.path); }>(
          "save"),
      row<Notify, [](Session& session, const Notify& a) { session.transient.notice = a.notice; },
          [](Fields& fields, Notify& a) { fields.problem(a.notice); }>("notify"),
      row<DismissNotice, [](Session& session) { session.transient.notice.reset(); }>(
          "dismiss_notice"),
  };
}

}  // namespace convscope::session::action
