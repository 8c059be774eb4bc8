using MallVip.Rules.Cel;
using MallVip.Rules.Programmes;

namespace MallVip.Rules.Network;

/// <summary>A number of the event or member that rules compare with bounds; read once per event.</summary>
internal sealed class NumberNode(int slot, string path, CelExpression<EvalContext> expression)
{
    public string Path { get; } = path;

    /// <inheritdoc cref="PathNode.Read"/>
    public decimal? Read(Evaluation evaluation)
    {
        if (evaluation.TryGetNumber(slot, out var known))
            return known;
        var read = expression.TryEvaluate(evaluation.Context, out decimal value, out _);
        return evaluation.SetNumber(slot, read ? value : null);
    }
}
