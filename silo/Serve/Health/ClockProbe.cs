using MallVip.Client.Health;
using MallVip.Grains.Journal;
using MallVip.Rules.Checking;

namespace MallVip.Silo.Serve;

/// <summary>Whether this machine's clock agrees with the database's, which all silos share.</summary>
internal sealed class ClockProbe(PostgresJournal journal) : StateProbe(journal)
{
    public override string Name => "clock";

    protected override Readiness Judge(DatabaseState state)
    {
        var skew = state.Skew;
        var apart = skew.Duration();
        if (apart <= ClockSkew.Told)
        {
            Sentence agrees = "This machine's clock agrees with the database's.";
            return new(true, agrees);
        }

        var seconds = Math.Round(apart.TotalSeconds);
        Sentence ahead = $"This machine's clock is {seconds} s ahead of the database's; set both by NTP.";
        Sentence behind = $"This machine's clock is {seconds} s behind the database's; set both by NTP.";
        var off = skew > TimeSpan.Zero ? ahead : behind;
        if (apart <= ClockSkew.Refused)
            return new(true, off) { IsDegraded = true };
        Sentence refused = $"Beyond {ClockSkew.Refused.TotalSeconds:F0} s nothing is written.";
        return new(false, off, refused);
    }
}
