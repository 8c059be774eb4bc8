using Orleans.Serialization.Cloning;

namespace MallVip.Grains.Orleans;

/// <summary>
/// What <c>rules/</c> declares never changes after it is made: within a silo it is handed over, not copied.
/// </summary>
internal sealed class RulesCopier : IGeneralizedCopier, IOptionalDeepCopier
{
    public bool IsSupportedType(Type type) => RulesSerialization.IsOfRules(type);

    public bool IsShallowCopyable() => true;

    public object? DeepCopy(object? input, CopyContext context) => input;
}
