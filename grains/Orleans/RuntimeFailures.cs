using MallVip.Grains.Admission;
using Orleans.Runtime.Messaging;

namespace MallVip.Grains.Orleans;

/// <summary>Tells what the runtime itself answers to a call, in place of the grain.</summary>
public static class RuntimeFailures
{
    /// <summary>
    /// The silo that was called is stopping or gone; a repeated call may find another. Orleans says so by a
    /// rejection, or by its plain exception when no silo is left to place the grain on.
    /// </summary>
    public static bool IsStopping(Exception failure) =>
        failure is GrainRuntimeStoppingException || IsElsewhere(failure);

    /// <summary>
    /// The grain's silo is gone, or cannot be reached, and the others may not have noticed yet: the same call
    /// finds the grain on another before long.
    /// </summary>
    public static bool IsElsewhere(Exception failure) =>
        failure is OrleansMessageRejectionException or ConnectionFailedException
        || failure.GetType() == typeof(OrleansException);

    /// <summary>Too many calls wait: the caller may repeat this one later.</summary>
    public static bool IsOverload(Exception failure) =>
        failure is GrainOverloadedException or LimitExceededException or GatewayTooBusyException;
}
