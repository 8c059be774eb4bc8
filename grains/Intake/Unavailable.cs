using MallVip.Grains.Journal;
using MallVip.Grains.Programmes;

namespace MallVip.Grains.Intake;

/// <summary>Tells a passing inability from a fault.</summary>
public static class Unavailable
{
    /// <summary>True: the same call may succeed later, and repeating it is harmless.</summary>
    public static bool Is(Exception failure) =>
        failure is AppendFailedException or JournalOverloadedException or IndexRebuildingException
            or JournalUnreachableException or JournalUnsettledException
            or ProgrammeNotLoadedException or TimeoutException
        || RuntimeFailures.IsOverload(failure) || RuntimeFailures.IsStopping(failure);
}
