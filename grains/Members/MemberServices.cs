using MallVip.Grains.Budgets;
using MallVip.Grains.Coupons;
using MallVip.Grains.Journal;
using MallVip.Grains.Programmes;
using MallVip.Grains.Runs;
using MallVip.Grains.Snapshots;

namespace MallVip.Grains.Members;

/// <summary>What every member grain shares: one instance per silo.</summary>
public sealed record MemberServices(
    IJournal Journal,
    JournalWriter Writer,
    KeyIndex Keys,
    ProgrammeHost Programmes,
    OpenRuns Runs,
    SnapshotSaver Snapshots,
    BudgetLeases Budgets,
    RuleAlarm Alarm,
    CouponCodes Codes,
    TimeProvider Time);
