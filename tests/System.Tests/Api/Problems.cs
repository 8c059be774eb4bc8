using MallVip.Client;

namespace MallVip.System.Tests.Api;

/// <summary>What calls are refused with.</summary>
internal static class Problems
{
    /// <summary>The code of a refusal; null: the call was done.</summary>
    public static async Task<string?> CodeOf<T>(Task<T> call)
    {
        try
        {
            await call;
            return null;
        }
        catch (MallVipProblemException refused)
        {
            return refused.Problem.Code;
        }
    }
}
