using MallVip.Grains.Admission;

namespace MallVip.Grains.Embedded;

/// <summary>Tells what the runtime itself answers to a call, in place of the grain.</summary>
public static class RuntimeFailures
{
    /// <summary>The process is stopping.</summary>
    public static bool IsStopping(Exception failure) => failure is GrainRuntimeStoppingException;

    /// <summary>Never: there is no other silo that a repeated call could find.</summary>
    public static bool IsElsewhere(Exception failure)
    {
        _ = failure;
        return false;
    }

    /// <summary>Too many calls wait: the caller may repeat this one later.</summary>
    public static bool IsOverload(Exception failure) => failure is GrainOverloadedException;
}
