using System.Globalization;
using MallVip.Client.Wire;

namespace MallVip.Client;

/// <summary>The calls about the programme.</summary>
public sealed partial class MallVipClient
{
    /// <summary>The programme in force.</summary>
    /// <param name="files">With the text of its files.</param>
    public Task<ProgrammeStateBody> GetProgrammeAsync(
        bool files = false, CancellationToken cancellation = default) => CallAsync(
        () => new(HttpMethod.Get, files ? "v1/programme?files=true" : "v1/programme"),
        ApiJson.Default.ProgrammeStateBody, cancellation);

    /// <summary>A page of the publishes, newest first.</summary>
    public Task<HistoryBody> GetHistoryAsync(
        string? cursor = null, int limit = 50, CancellationToken cancellation = default) => CallAsync(
        () => new(HttpMethod.Get, string.Create(
            CultureInfo.InvariantCulture, $"v1/programme/history?limit={limit}&cursor={cursor}")),
        ApiJson.Default.HistoryBody, cancellation);

    /// <summary>What differs between two versions.</summary>
    /// <param name="from">A version, 8 digits of one, or a draft; null: the one before the version in
    /// force.</param>
    /// <param name="to">The same; null: the version in force.</param>
    public Task<DiffBody> GetDiffAsync(
        string? from = null, string? to = null, CancellationToken cancellation = default) => CallAsync(
        () => new(HttpMethod.Get, $"v1/programme/diff?from={from}&to={to}"),
        ApiJson.Default.DiffBody, cancellation);

    /// <summary>Has files checked and kept as a draft; mistakes are in the answer.</summary>
    public Task<DraftBody> PostDraftAsync(DraftRequestBody body, CancellationToken cancellation = default) =>
        CallAsync(
            () => Post("v1/programme/drafts", body, ApiJson.Default.DraftRequestBody, Json),
            ApiJson.Default.DraftBody, cancellation);

    /// <summary>Puts a draft in force.</summary>
    /// <param name="key">New for each intended write, the same for its repeats.</param>
    /// <exception cref="MallVipProblemException"><c>programme_changed</c>: somebody was faster.</exception>
    public Task<PublishedBody> PublishAsync(
        PublishBody body, string key, bool dryRun = false, CancellationToken cancellation = default) =>
        CallAsync(
            () => Keyed(
                Post($"v1/programme/publish{DryRun(dryRun)}", body, ApiJson.Default.PublishBody, Json), key),
            ApiJson.Default.PublishedBody, cancellation);

    /// <summary>Puts an earlier version in force again.</summary>
    /// <param name="key">New for each intended write, the same for its repeats.</param>
    public Task<PublishedBody> RollbackAsync(
        RollbackBody body, string key, CancellationToken cancellation = default) =>
        CallAsync(
            () => Keyed(Post("v1/programme/rollback", body, ApiJson.Default.RollbackBody, Json), key),
            ApiJson.Default.PublishedBody, cancellation);
}
