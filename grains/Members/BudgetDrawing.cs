using MallVip.Grains.Budgets;
using MallVip.Rules.Deciding;

namespace MallVip.Grains.Members;

/// <summary>Asks budgets for a member's decision.</summary>
internal static class BudgetDrawing
{
    /// <summary>Answers of budgets in place of the last ones. A purchase that was fetched before an await is
    /// as good as none: more may have happened to it.</summary>
    public static async ValueTask<Fetched> DrawAsync(
        this BudgetLeases budgets, Need.OfBudgets asked, Fetched fetched, MemberRequest request)
    {
        fetched.Draw?.GiveBack();
        if (request.DryRun || Actors.IsTest(request.Actor))
            return new(null, null, await budgets.SupposeAsync(asked.Asks));
        var drawing = budgets.DrawAsync(asked.Asks);
        var isFresh = drawing.IsCompletedSuccessfully;
        var draw = await drawing;
        return isFresh ? fetched with { Draw = draw } : new(null, null, draw);
    }
}
