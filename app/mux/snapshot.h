#pragma once

#include "model/records.h"
#include "mux/objects.h"

#include <string>
#include <string_view>
#include <vector>

namespace lunette::mux {

// Builds snapshots from what changed: a record whose data are as before stays the same object, and so do the
// lists it is in. Keeps the newest snapshot. UI thread only.
class SnapshotBuilder {
public:
    // What belongs to no window.
    struct App {
        Id active_window = 0;
        std::string active_workspace;
        std::vector<model::DomainInfo> domains;
        std::int64_t default_domain_id = 0;
        Ref<model::ConfigInfo> config;
        Ref<model::OuterInfo> outer;
        std::string host;
    };

    explicit SnapshotBuilder(std::vector<Id> domain_records) : domain_records_{std::move(domain_records)} {}

    // Cost: the changed objects, and a pointer per sibling of each.
    const Ref<model::AppInfo>& build(Objects& objects, const App& app);
    // Records made so far; for tests and reports.
    std::size_t made() const noexcept { return made_; }

    // As of the last snapshot.
    const std::vector<Ref<model::DomainInfo>>& domains() const noexcept { return domains_; }

private:
    void build_pane(Objects& objects, const App& app, Id id);
    void build_tab(Objects& objects, Id id);
    void build_window(Objects& objects, const App& app, Id id);
    void build_app(Objects& objects, const App& app);
    template<class T>
    void update(Ref<T>& current, const TypedSchema<T>& schema, Id id, T&& value, bool& changed);

    std::vector<Id> domain_records_;
    std::vector<Ref<model::DomainInfo>> domains_;
    Id app_record_ = next_id();
    Ref<model::AppInfo> newest_;
    bool app_stale_ = true;
    std::size_t made_ = 0;
};

} // namespace lunette::mux
