namespace MallVip.Grains.Embedded;

/// <summary>Anything a call can be addressed to: a grain or a reference to one.</summary>
public interface IAddressable;

/// <summary>Marks a grain contract.</summary>
public interface IGrain : IAddressable;

/// <summary>
/// Marks a contract whose grains are named by a string. Every method returns Task, Task&lt;T&gt;, ValueTask
/// or ValueTask&lt;T&gt;. Arguments and results cross by reference and are never copied: they must be
/// immutable.
/// </summary>
public interface IGrainWithStringKey : IGrain;

/// <summary>Marks a grain class for the extension methods; <see cref="Grain"/> implements it.</summary>
public interface IGrainBase : IAddressable;

/// <summary>Hands out references to grains; safe from any thread, inside and outside grains.</summary>
public interface IGrainFactory
{
    /// <summary>
    /// A reference to the grain of that key, which need not be resident. Costs one small object.
    /// </summary>
    /// <exception cref="ArgumentException">The key is null or empty.</exception>
    /// <exception cref="InvalidOperationException">No class implements the contract.</exception>
    TGrainInterface GetGrain<TGrainInterface>(string primaryKey) where TGrainInterface : IGrainWithStringKey;
}

/// <summary>Why an activation ends. The values are those of Orleans.</summary>
public enum DeactivationReasonCode : byte
{
    /// <summary>Not said.</summary>
    None = 0,

    /// <summary>The process stops.</summary>
    ShuttingDown = 1,

    /// <summary>OnActivateAsync threw.</summary>
    ActivationFailed = 2,

    /// <summary>Nobody called for the collection age.</summary>
    ActivationIdle = 4,

    /// <summary>The grain called DeactivateOnIdle.</summary>
    ApplicationRequested = 9,

    /// <summary>The cap on residents wanted its room.</summary>
    HighMemoryPressure = 12,
}

/// <summary>What OnDeactivateAsync is told.</summary>
public readonly struct DeactivationReason(DeactivationReasonCode code, string text)
{
    /// <summary>The kind of reason.</summary>
    public DeactivationReasonCode ReasonCode { get; } = code;

    /// <summary>A sentence for logs.</summary>
    public string Description { get; } = text;
}

/// <summary>A timer of one activation; it ends with the activation.</summary>
public interface IGrainTimer : IDisposable
{
    /// <summary>
    /// Fires next after <paramref name="dueTime"/>, then <paramref name="period"/> after each tick.
    /// </summary>
    void Change(TimeSpan dueTime, TimeSpan period);
}

/// <summary>How a grain timer runs.</summary>
public readonly struct GrainTimerCreationOptions()
{
    /// <summary>Time to the first tick; infinite means not yet.</summary>
    public required TimeSpan DueTime { get; init; }

    /// <summary>Time from a tick's end to the next; infinite means once.</summary>
    public required TimeSpan Period { get; init; }

    /// <summary>
    /// True lets ticks run between the awaits of other calls. Default false: a tick is a turn of its own.
    /// </summary>
    public bool Interleave { get; init; }

    /// <summary>
    /// True makes each tick count as use, so that the activation is not collected as idle. Default false.
    /// </summary>
    public bool KeepAlive { get; init; }
}
