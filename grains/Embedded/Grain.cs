namespace MallVip.Grains.Embedded;

/// <summary>
/// The base of grain classes. One turn at a time: no two threads are ever inside one grain, and code between
/// two awaits is never interrupted. <c>ConfigureAwait(false)</c> leaves the turn, as in Orleans.
/// </summary>
public abstract class Grain : IGrainBase
{
    private readonly Activation? _activation = SynchronizationContext.Current as Activation;

    internal Activation Activation => _activation
        ?? throw new InvalidOperationException("This grain was not created by the grain runtime.");

    /// <summary>References to other grains.</summary>
    protected IGrainFactory GrainFactory => Activation.Type.Runtime;

    /// <summary>The host's root services; there is no scope per activation.</summary>
    protected internal IServiceProvider ServiceProvider => Activation.Type.Runtime.Services;

    /// <summary>
    /// Runs before the first call. What it throws goes to the waiting callers; the next call tries anew.
    /// </summary>
    public virtual Task OnActivateAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>
    /// Runs after the last call, unless the process dies first. Calls that arrive meanwhile wait for the next
    /// activation, which starts after this ends. What it throws is logged.
    /// </summary>
    public virtual Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) =>
        Task.CompletedTask;

    /// <summary>
    /// Deactivates when the running calls have ended; later calls go to the next activation.
    /// </summary>
    protected void DeactivateOnIdle() =>
        Activation.Deactivate(DeactivationReasonCode.ApplicationRequested, Closing.Now);

    /// <summary>Not collected as idle for that time; a negative span takes an earlier request back.</summary>
    protected void DelayDeactivation(TimeSpan timeSpan) => Activation.KeepFor(timeSpan);
}

/// <summary>What a grain says of itself.</summary>
public static class GrainExtensions
{
    /// <summary>The key of a grain or of a reference.</summary>
    public static string GetPrimaryKeyString(this IAddressable grain) => grain switch
    {
        Grain it => it.Activation.Key,
        GrainReference it => it.Key,
        _ => throw new ArgumentException("Neither a grain nor a reference to one.", nameof(grain)),
    };

    /// <summary>A reference to this grain that can be handed to others.</summary>
    public static TGrainInterface AsReference<TGrainInterface>(this IAddressable grain)
        where TGrainInterface : IGrainWithStringKey => grain switch
        {
            Grain it => it.Activation.Type.Runtime.GetGrain<TGrainInterface>(it.Activation.Key),
            GrainReference it => it.Type.Runtime.GetGrain<TGrainInterface>(it.Key),
            _ => throw new ArgumentException("Neither a grain nor a reference to one.", nameof(grain)),
        };

    /// <summary>Starts a timer that ticks as a turn of this grain and ends with the activation.</summary>
    public static IGrainTimer RegisterGrainTimer<TState>(
        this IGrainBase grain, Func<TState, CancellationToken, Task> callback, TState state,
        GrainTimerCreationOptions options)
    {
        ArgumentNullException.ThrowIfNull(callback);
        return ((Grain)grain).Activation.AddTimer(stop => callback(state, stop), options);
    }

    /// <inheritdoc cref="RegisterGrainTimer{TState}"/>
    public static IGrainTimer RegisterGrainTimer(
        this IGrainBase grain, Func<CancellationToken, Task> callback, GrainTimerCreationOptions options) =>
        grain.RegisterGrainTimer(static (call, stop) => call(stop), callback, options);
}
