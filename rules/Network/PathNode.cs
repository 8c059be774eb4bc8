using MallVip.Rules.Cel;
using MallVip.Rules.Programmes;

namespace MallVip.Rules.Network;

/// <summary>A text of the event or member that rules compare with literals; read once per event.</summary>
internal sealed class PathNode(int slot, string path, CelExpression<EvalContext> expression)
{
    public string Path { get; } = path;

    /// <summary>Null: it cannot be read; the tests on it then fail one by one.</summary>
    public string? Read(Evaluation evaluation)
    {
        if (evaluation.TryGetText(slot, out var known))
            return known;
        var read = expression.TryEvaluate(evaluation.Context, out string? value, out _);
        return evaluation.SetText(slot, read ? value : null);
    }
}
