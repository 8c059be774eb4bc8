namespace MallVip.Grains.Embedded;

/// <summary>
/// The base of generated proxies: a grain's class and key, and the activation last spoken to.
/// </summary>
internal abstract class GrainReference(GrainType type, string key) : IAddressable
{
    private Activation? _activation;

    internal GrainType Type => type;

    internal string Key => key;

    /// <summary>Sends a call; refusals come as failed tasks. Called by generated code.</summary>
    internal Task Call(Request request, CallMode mode)
    {
        var caller = SynchronizationContext.Current as Activation;
        if (caller is null && type.Runtime.Refusal(type) is { } refusal)
            return request.Fail(refusal);
        request.Mode = type.IsReentrant ? CallMode.Always : mode;
        if (type.Stats.Begun())
        {
            request.Sampled = true;
            request.Started = type.Runtime.Time.GetTimestamp();
        }
        while (true)
        {
            var activation = _activation ??= type.Find(key);
            if (activation.TrySubmit(request, caller, out var answer))
                return answer;
            _activation = null;
        }
    }
}
