using MallVip.Client.Wire;
using MallVip.Grains.Budgets;
using MallVip.Rules.Explaining;
using Microsoft.AspNetCore.Http;

namespace MallVip.Client.Programmes;

/// <summary><c>GET /v1/programme/budgets</c>: what rules may still give to all members together.</summary>
internal sealed class BudgetEndpoint(BudgetDesk desk)
{
    public async Task ReadAsync(HttpContext context)
    {
        var views = await desk.ReadAsync();
        await context.WriteJsonAsync(
            StatusCodes.Status200OK, new([.. views.Select(Of)]), ApiJson.Readable.BudgetsBody);
    }

    private static BudgetLeftBody Of(BudgetView view) => new(
        view.Rule.Ref.Rule,
        view.Rule.Action.PointsWallet,
        Formula.WordOf(view.Budget.Every),
        view.Key.First == DateOnly.MinValue ? null : view.Key.First,
        view.Budget.Total, view.Used, view.Left);
}
