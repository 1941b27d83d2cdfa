#include <lunette/record.h>

namespace lunette {

Id next_id() noexcept {
    static constinit std::atomic<Id> last{0};
    return last.fetch_add(1, std::memory_order_relaxed) + 1;
}

std::string_view kind_name(Kind kind) noexcept {
    switch (kind) {
    case Kind::nil: return "nil";
    case Kind::boolean: return "boolean";
    case Kind::integer: return "integer";
    case Kind::number: return "number";
    case Kind::string: return "string";
    case Kind::record: return "record";
    case Kind::list: return "list";
    case Kind::map: return "map";
    }
    return "?";
}

void detail::set(FieldView& view, const Value& value) noexcept {
    view.kind = value.kind();
    view.object_type = value.object_type();
    switch (value.kind()) {
    case Kind::nil: break;
    case Kind::boolean: view.boolean = value.boolean_or(false); break;
    case Kind::integer: view.integer = value.integer_or(0); break;
    case Kind::number: view.number = value.number_or(0); break;
    case Kind::string: view.string = value.text(); break;
    case Kind::record: view.record = value.record(); break;
    case Kind::list:
    case Kind::map: view.value = &value; break;
    }
}

} // namespace lunette
