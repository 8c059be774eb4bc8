using System.Collections.Immutable;
using MallVip.Client.Health;
using MallVip.Grains.Journal;
using MallVip.Rules.Checking;

namespace MallVip.Silo.Serve;

/// <summary>
/// What an answer is worth: whether the database syncs, and whether a second machine has what was answered.
/// Less than was promised is a degraded state, not an unready one: the silo next door writes to the same
/// database.
/// </summary>
internal sealed class DurabilityProbe(PostgresJournal journal, bool expectsStandby) : StateProbe(journal)
{
    public override string Name => "durability";

    protected override Readiness Judge(DatabaseState state)
    {
        var faults = Faults(state).ToImmutableArray();
        Sentence whole = "What is answered is synced, and has what else is expected.";
        return faults.IsEmpty
            ? new Readiness(true, whole)
            : new Readiness(true, faults) { IsDegraded = true };
    }

    private IEnumerable<Sentence> Faults(DatabaseState state)
    {
        if (!state.Fsync)
            yield return $"fsync is off: a power cut of the database's machine loses what was answered.";
        if (expectsStandby && state.StandbyNames.Length == 0)
            yield return
                $"A standby is expected, but synchronous_standby_names is empty: commits wait for none.";
        else if (state.StandbyNames.Length > 0 && !state.WaitsForStandby)
            yield return
                $"synchronous_commit is '{state.Commit}': a commit does not wait for the standby's disk.";
        else if (state.StandbyNames.Length > 0 && state.Standbys == 0)
            yield return
                $"No synchronous standby is connected: writes wait for one and are refused meanwhile.";
        else if (state.StandbyNames.Length > 0 && state.Standbys is null)
            yield return $"Whether a standby is connected is unknown: grant pg_read_all_stats to the role.";
    }
}
